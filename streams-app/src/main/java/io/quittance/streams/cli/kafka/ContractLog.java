package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.CliException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of the contract's topics. Only committed ones are seen. Not for use by several threads. */
public interface ContractLog {

    /** For {@link #follow}: until stopped. */
    Duration FOREVER = Duration.ofDays(36_500);

    /**
     * A record.
     *
     * @param offset in the partition of its key
     * @param value null in a tombstone, and in what cannot be read
     * @param unreadable whether it has a value that is not what the topic holds; what the key had before no longer
     *     counts then
     */
    record Entry<T>(String key, long offset, @Nullable T value, boolean unreadable) {
        public boolean isTombstone() {
            return value == null && !unreadable;
        }
    }

    /**
     * Which records to follow.
     *
     * @param key only those with this key; null for all
     * @param fromBeginning whether to begin with the oldest one kept, or with the next one to come
     */
    record Selection(String topic, @Nullable String key, boolean fromBeginning) {}

    /**
     * Returns when all replicas that must have the record have it.
     *
     * @return its offset in the partition of its key
     * @throws UnacknowledgedException if it was sent and no answer came: it may be there
     */
    long append(String topic, String key, SpecificRecord value);

    /** Writes a tombstone. Returns when all replicas that must have it have it. */
    void remove(String topic, String key);

    /**
     * The version of a document under a key that has none in force: 1 if none was ever published under it. Where it
     * cannot be told, because one was removed and compaction may have taken its traces, a number above all that any
     * had; approvals are bound to a version, and it must not come back with other content.
     */
    int firstVersion(String topic, String key);

    /** Every record there is now, tombstones and what cannot be read included, oldest first within a key. */
    <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<Entry<T>> each);

    /** The same of one key, from the key's partition alone. */
    <T extends SpecificRecord> void scan(String topic, String key, Class<T> type, Consumer<Entry<T>> each);

    /**
     * The latest value of one key, from the key's partition alone; nothing if there is none or it was removed.
     *
     * @throws CliException if the latest cannot be read: an older one does not stand for it
     */
    default <T extends SpecificRecord> Optional<T> lookUp(String topic, String key, Class<T> type) {
        AtomicReference<@Nullable Entry<T>> latest = new AtomicReference<>();
        scan(topic, key, type, latest::set);
        Entry<T> entry = latest.get();
        if (entry != null && entry.unreadable()) {
            throw unreadable(topic, key);
        }
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.value());
    }

    /** What whoever asked for it is told. */
    static CliException unreadable(String topic, String key) {
        return CliException.failed(
                "What the topic " + topic + " has of '" + key + "' cannot be read.",
                "Whoever wrote the record has to write it again; a document is mended by applying its file.");
    }

    /** Keys whose latest record is no tombstone; needs no schema registry. */
    Set<String> keys(String topic);

    /**
     * Gives each record, those that cannot be read too, to a function until that returns false or time is up.
     *
     * @return false if time was up
     */
    <T extends SpecificRecord> boolean follow(
            Selection selection, Class<T> type, Duration timeout, Predicate<Entry<T>> goOn);
}
