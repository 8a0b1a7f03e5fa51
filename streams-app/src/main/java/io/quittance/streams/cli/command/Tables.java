package io.quittance.streams.cli.command;

import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.ContractLog.Entry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Compacted topics as tables. */
final class Tables {

    private Tables() {}

    /** The latest record of each key, ordered by key; tombstones take theirs away. */
    static <T extends SpecificRecord> Map<String, Entry<T>> latest(ContractLog log, String topic, Class<T> type) {
        Map<String, Entry<T>> table = new TreeMap<>();
        log.scan(topic, type, entry -> {
            if (entry.isTombstone()) {
                table.remove(entry.key());
            } else {
                table.put(entry.key(), entry);
            }
        });
        return table;
    }

    /**
     * The latest value of each key that matches, ordered by key: nothing else is held in memory. Nothing of a key whose
     * latest record cannot be read.
     */
    static <T extends SpecificRecord> Map<String, T> read(
            ContractLog log, String topic, Class<T> type, Predicate<T> matches) {
        Map<String, T> table = new TreeMap<>();
        log.scan(topic, type, entry -> {
            if (entry.value() != null && matches.test(entry.value())) {
                table.put(entry.key(), entry.value());
            } else {
                table.remove(entry.key());
            }
        });
        return table;
    }
}
