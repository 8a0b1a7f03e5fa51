package io.quittance.streams.cli.command;

import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Scope;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What orders about legal holds share: on whom, by whom, and why. */
public abstract class HoldCommand extends PipelineCommand {

    @Parameters(paramLabel = "SUBJECT", description = "Pseudonym of the person.")
    private String subject;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who orders it. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why. No personal data.")
    private String reason;

    HoldCommand(CliContext context) {
        super(context);
    }

    /** The order's kind, and what else it says. */
    abstract void fill(DirectiveEvent.Builder order);

    /** What to tell whoever ordered it. */
    abstract String note(DirectiveEvent order);

    /** What to do where nobody knows whether it arrived. */
    abstract String unsure(DirectiveEvent order);

    @Override
    public Integer call() {
        DirectiveEvent.Builder order = DirectiveEvent.newBuilder()
                .setDirectiveId(UUID.randomUUID().toString())
                .setSubjectId(Limits.text("SUBJECT", subject, Limits.PSEUDONYM))
                .setOccurredAt(context.clock().instant())
                .setIssuedBy(actor(as))
                .setReason(Limits.text("--reason", reason, Limits.SENTENCE));
        fill(order);
        DirectiveEvent event = order.build();
        Connection connection = connection();
        append(connection, connection.topics().directives(), event.getSubjectId(), event, unsure(event));
        Output output = output();
        if (output.json()) {
            output.json(event);
        } else {
            output.note(note(event));
        }
        return ExitCode.OK;
    }

    /** {@code hold place} */
    @Command(
            name = "place",
            mixinStandardHelpOptions = true,
            description = {
                "Keep a subject's data from being deleted or anonymized, whatever was approved.",
                "The names are not looked up in the data map: a misspelt --system or --category may hold nothing."
            },
            footer = {
                "",
                "Example:",
                "  quittance hold place subject-42 --system shop --category financial --reason 'case 7' --as legal-1"
            })
    public static final class Place extends HoldCommand {
        @Option(names = "--system", paramLabel = "NAME", description = "Only in this system. Repeatable.")
        private List<String> systems = new ArrayList<>();

        @Option(names = "--category", paramLabel = "NAME", description = "Only this category of data. Repeatable.")
        private List<String> categories = new ArrayList<>();

        public Place(CliContext context) {
            super(context);
        }

        @Override
        void fill(DirectiveEvent.Builder order) {
            order.setKind(DirectiveKind.HOLD)
                    .setScope(new Scope(Limits.systems("--system", systems), Limits.names("--category", categories)));
        }

        @Override
        String note(DirectiveEvent order) {
            return "HOLD sent. It is lifted with: quittance hold lift " + order.getSubjectId() + " --hold "
                    + order.getDirectiveId();
        }

        @Override
        String unsure(DirectiveEvent order) {
            return "It is not known whether the hold was placed. Place it again: two keep what one keeps. If it was, it"
                    + " is lifted with: quittance hold lift " + order.getSubjectId() + " --hold "
                    + order.getDirectiveId();
        }
    }

    /** {@code hold lift} */
    @Command(
            name = "lift",
            mixinStandardHelpOptions = true,
            description = "Lift a subject's hold. What waited for it goes on.",
            footer = {"", "Example:", "  quittance hold lift subject-42 --hold 5c0e... --reason closed --as legal-1"})
    public static final class Lift extends HoldCommand {
        @Option(names = "--hold", paramLabel = "ID", description = "The hold, as 'hold place' said.")
        private @Nullable String hold;

        @Option(names = "--all", description = "Every hold of the subject.")
        private boolean all;

        public Lift(CliContext context) {
            super(context);
        }

        @Override
        void fill(DirectiveEvent.Builder order) {
            if (all == (hold != null)) {
                throw CliException.usage("It is not said which hold to lift.", "Give either --hold or --all.");
            }
            order.setKind(DirectiveKind.LIFT).setHoldId(Limits.optional("--hold", hold, Limits.ID));
        }

        @Override
        String note(DirectiveEvent order) {
            return "LIFT sent. A hold that is not there is told among the dead letters, as UNKNOWN_HOLD.";
        }

        @Override
        String unsure(DirectiveEvent order) {
            return "It is not known whether the order arrived. Give it again: a hold is lifted once.";
        }
    }
}
