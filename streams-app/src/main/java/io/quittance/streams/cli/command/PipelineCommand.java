package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.UnacknowledgedException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What commands share that speak to a pipeline: where it is, and who acts. */
abstract class PipelineCommand extends LocalCommand {

    @Mixin
    private ConnectionOptions connection;

    PipelineCommand(CliContext context) {
        super(context);
    }

    /** Connection to topics, and to the schema registry if it is said where that is. */
    Connection topicsConnection() {
        return connection.withoutRegistry(context.environment());
    }

    /** Connection to topics and the schema registry. */
    Connection connection() {
        return connection.withRegistry(context.environment());
    }

    ContractLog log(Connection to) {
        return context.connector().log(to, output()::note);
    }

    /**
     * Writes a record that a repeat of the command would not repeat: it would write another one.
     *
     * @param unsure what to do where nobody knows whether the record is there
     */
    void append(Connection to, String topic, String key, SpecificRecord record, String unsure) {
        try {
            log(to).append(topic, key, record);
        } catch (UnacknowledgedException unanswered) {
            unsure.lines().forEach(output()::note);
            throw unanswered;
        }
    }

    /** The acting person: the option, or else QUITTANCE_AS. */
    String actor(@Nullable String option) {
        String actor = option == null ? context.environment().get("QUITTANCE_AS") : option;
        if (actor == null || actor.isBlank()) {
            throw CliException.usage(
                    "It is not said who you are.",
                    "Give --as with your pseudonym, never a name or an e-mail address, or set QUITTANCE_AS.");
        }
        return Limits.text("--as", actor, Limits.PSEUDONYM);
    }
}
