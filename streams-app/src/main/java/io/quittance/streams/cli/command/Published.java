package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.ContractLog.Entry;
import io.quittance.streams.cli.output.AvroJson;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What running instances make of the records under one key, in their order: a document replaces another only with a
 * higher version, and one that cannot be read replaces nothing.
 */
final class Published<T extends SpecificRecord> {

    private enum Latest {
        /** There is none, or it is a tombstone. */
        NONE,
        /** It is in force, and its version is its own. */
        SETTLED,
        /** It is in force, and its version stood for something else before. */
        AMBIGUOUS,
        /** It cannot be read, or its version was taken: instances keep what they had. */
        REFUSED
    }

    private static final List<String> GIVEN_BY_PUBLISHING = List.of("version", "published_at", "published_by");

    private final SortedMap<Integer, T> used = new TreeMap<>();
    private final Set<Long> late = new HashSet<>();
    private @Nullable T inForce;
    private Latest latest = Latest.NONE;
    private int highest;

    static <T extends SpecificRecord> Published<T> read(ContractLog log, String topic, String key, Class<T> type) {
        Published<T> published = new Published<>();
        log.scan(topic, key, type, published::add);
        return published;
    }

    /** All keys of a topic, in order. */
    static <T extends SpecificRecord> SortedMap<String, Published<T>> all(
            ContractLog log, String topic, Class<T> type) {
        SortedMap<String, Published<T>> all = new TreeMap<>();
        log.scan(
                topic,
                type,
                entry -> all.computeIfAbsent(entry.key(), key -> new Published<>())
                        .add(entry));
        return all;
    }

    void add(Entry<T> entry) {
        T document = entry.value();
        if (document != null) {
            add(entry.offset(), document);
        } else if (entry.unreadable()) {
            // Others may have read it: each version took at least one offset, so it had no higher one than this.
            highest = Math.max(highest, Math.toIntExact(entry.offset() + 1));
            latest = Latest.REFUSED;
        } else {
            inForce = null;
            latest = Latest.NONE;
        }
    }

    private void add(long offset, T document) {
        int version = version(document);
        boolean same = inForce != null
                && version == version(inForce)
                && content(document).equals(content(inForce));
        boolean own = same || version > highest;
        if (!own) {
            late.add(offset);
        }
        if (same || inForce == null || version > version(inForce)) {
            inForce = document;
            used.putIfAbsent(version, document);
            latest = own ? Latest.SETTLED : Latest.AMBIGUOUS;
        } else {
            latest = Latest.REFUSED;
        }
        highest = Math.max(highest, version);
    }

    /** Whether the key has no record, or was removed. */
    boolean isEmpty() {
        return latest == Latest.NONE;
    }

    /** Whether instances refused the last record. */
    boolean isRefused() {
        return latest == Latest.REFUSED;
    }

    /** What running instances use; those that start later use the latest record, if they can. */
    Optional<T> inForce() {
        return Optional.ofNullable(inForce);
    }

    /** The documents that came into force and that the topic still has, by version. */
    SortedMap<Integer, T> used() {
        return Collections.unmodifiableSortedMap(used);
    }

    /** Whether every instance uses what the draft says, now and after compaction. */
    boolean says(IndexedRecord draft) {
        return latest == Latest.SETTLED && inForce != null && content(draft).equals(content(inForce));
    }

    /** Whether the record at that offset has a version that another one, with other content, had before it. */
    boolean isLate(long offset) {
        return late.contains(offset);
    }

    /** A version above all that any record under the key can have had. */
    int next(String name) {
        return above(highest, name);
    }

    /** @throws CliException if there is none */
    static int above(int version, String name) {
        if (version == Integer.MAX_VALUE) {
            throw CliException.refused(
                    "'" + name + "' cannot have another version: the topic has it with the highest number there is.",
                    "Publish it under another name.");
        }
        return version + 1;
    }

    static int version(IndexedRecord document) {
        return (int) document.get(document.getSchema().getField("version").pos());
    }

    private static Object content(IndexedRecord document) {
        return AvroJson.of(document).remove(GIVEN_BY_PUBLISHING);
    }
}
