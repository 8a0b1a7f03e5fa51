package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * The documents that running instances use, for commands that show them. Where the last record of a name is not what
 * they use, that is said: compaction keeps the last one alone, and whoever starts after it has no other.
 */
record InForce<T extends SpecificRecord>(ContractLog log, String topic, Class<T> type, Output output) {

    /** All of them, in the order of their names. */
    List<T> all() {
        return all(name -> true);
    }

    /** Those with such a name. */
    List<T> all(Predicate<String> names) {
        SortedMap<String, Published<T>> all = Published.all(log, topic, type);
        all.keySet().removeIf(names.negate());
        all.forEach(this::noteRefused);
        return all.values().stream()
                .flatMap(published -> published.inForce().stream())
                .toList();
    }

    /**
     * The one of that name; nothing if there is none.
     *
     * @throws CliException if what there is cannot be read, and nothing was before it
     */
    Optional<T> find(String name) {
        Published<T> published = Published.read(log, topic, name, type);
        if (published.isRefused() && published.inForce().isEmpty()) {
            throw ContractLog.unreadable(topic, name);
        }
        noteRefused(name, published);
        return published.inForce();
    }

    private void noteRefused(String name, Published<T> published) {
        if (published.isRefused()) {
            output.note(published
                    .inForce()
                    .map(inForce -> "What was published last as '" + name
                            + "' is not in force: it cannot be read, or its version was taken. Version "
                            + Published.version(inForce)
                            + " is, but an instance that starts later may not have it. Apply the file again.")
                    .orElse("What was published as '" + name
                            + "' cannot be read, and the topic has nothing else under that"
                            + " name: an instance that has read an earlier one uses that, one that starts has none."
                            + " Apply the file again."));
        }
    }
}
