package io.quittance.streams.cli.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of the contract's topics. Only committed ones are seen. Not for use by several threads. */
public interface ContractLog {

    /** For {@link #follow}: until stopped. */
    Duration FOREVER = Duration.ofDays(36_500);

    /** A record; no value is a tombstone. */
    record Entry<T>(String key, @Nullable T value) {}

    /**
     * Which records to follow.
     *
     * @param key only those with this key; null for all
     * @param fromBeginning whether to begin with the oldest one kept, or with the next one to come
     */
    record Selection(String topic, @Nullable String key, boolean fromBeginning) {}

    /** Returns when all replicas that must have the record have it. */
    void append(String topic, String key, SpecificRecord value);

    /** Writes a tombstone. Returns when all replicas that must have it have it. */
    void remove(String topic, String key);

    /**
     * The version of a document under a key that has none in force: 1 if none was ever published under it. Where it
     * cannot be told, because one was removed and compaction may have taken its traces, a number above all that any
     * had; approvals are bound to a version, and it must not come back with other content.
     */
    int firstVersion(String topic, String key);

    /** Every record there is now, tombstones included, oldest first within a key. */
    <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<Entry<T>> each);

    /** The latest value of one key, from the key's partition alone; nothing if there is none or it was removed. */
    <T extends SpecificRecord> Optional<T> lookUp(String topic, String key, Class<T> type);

    /** Keys whose latest record is no tombstone; needs no schema registry. */
    Set<String> keys(String topic);

    /**
     * Gives each record to a function until that returns false or time is up.
     *
     * @return false if time was up
     */
    <T extends SpecificRecord> boolean follow(
            Selection selection, Class<T> type, Duration timeout, Predicate<Entry<T>> goOn);
}
