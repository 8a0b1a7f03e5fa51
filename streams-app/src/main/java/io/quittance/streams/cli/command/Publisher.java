package io.quittance.streams.cli.command;

import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Publishes entries of the data map, or limits, each as its next version.
 *
 * <p>A topic has no compare-and-set. Of two who publish one version at once instances take the first, but the second is
 * what compaction keeps: one version would stand for two contents, and which an instance has would depend on when it
 * started. So who comes second finds out, and publishes once more under a version that nobody has had.
 *
 * @param by pseudonym of who publishes
 */
record Publisher<T extends SpecificRecord>(
        ContractLog log, String topic, Class<T> type, String by, Clock clock, Output output) {

    /** How all keys stand. */
    Map<String, Published<T>> look() {
        return Published.all(log, topic, type);
    }

    /**
     * @param known how the key stood when it was looked at
     * @param dryRun whether to say only what it would change
     */
    Publication publish(String name, T draft, Published<T> known, boolean dryRun) {
        Published<T> before = known;
        while (true) {
            Publication publication = Publication.of(name, draft, before, () -> log.firstVersion(topic, name));
            if (!publication.changes() || dryRun) {
                return publication;
            }
            publication.stamp(draft, clock.instant(), by);
            long offset = log.append(topic, name, draft);
            before = Published.read(log, topic, name, type);
            if (!before.isLate(offset)) {
                return publication;
            }
            publication.noteLate(output);
        }
    }
}
