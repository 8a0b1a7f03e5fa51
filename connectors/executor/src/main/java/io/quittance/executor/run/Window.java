package io.quittance.executor.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that were delivered and are not yet answered, and so which offsets may be committed: those below the
 * first unanswered one of their partition. Thread-safe.
 */
public final class Window {
    /** One delivered record's place in its partition. Compared by identity: a redelivery has a place of its own. */
    public static final class Place {
        private final TopicPartition partition;
        private final long offset;

        private Place(TopicPartition partition, long offset) {
            this.partition = partition;
            this.offset = offset;
        }
    }

    private static final class Line {
        private final TreeMap<Long, Place> unanswered = new TreeMap<>();
        private long next;

        private long committable() {
            return unanswered.isEmpty() ? next : unanswered.firstKey();
        }
    }

    private final int capacity;
    private final Map<TopicPartition, Line> lines = new HashMap<>();
    private int size;
    private boolean advanced;

    public Window(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a delivered record in; empty if the very same is in already. Never refuses for want of room. */
    public synchronized Optional<Place> admit(TopicPartition partition, long offset) {
        Line line = lines.computeIfAbsent(partition, unknown -> new Line());
        if (line.unanswered.containsKey(offset)) {
            return Optional.empty();
        }
        Place place = new Place(partition, offset);
        line.unanswered.put(offset, place);
        line.next = Math.max(line.next, offset + 1);
        size++;
        return Optional.of(place);
    }

    /** The record at this place has been answered, and the answer is safe. Without effect for a forgotten place. */
    public synchronized void answer(Place place) {
        Line line = lines.get(place.partition);
        if (line != null && line.unanswered.remove(place.offset, place)) {
            size--;
            advanced = true;
        }
    }

    /** Whether this place still counts; it does not once its partition went to another executor. */
    public synchronized boolean holds(Place place) {
        Line line = lines.get(place.partition);
        return line != null && line.unanswered.get(place.offset) == place;
    }

    /** For each partition seen, the offset up to which every record is answered. */
    public synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        lines.forEach((partition, line) -> offsets.put(partition, new OffsetAndMetadata(line.committable())));
        advanced = false;
        return offsets;
    }

    /** Whether anything was answered since {@link #committable} was last asked. */
    public synchronized boolean hasAdvanced() {
        return advanced;
    }

    /** Drops partitions that were taken away. */
    public synchronized void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Line line = lines.remove(partition);
            size -= line == null ? 0 : line.unanswered.size();
        }
    }

    public synchronized boolean isFull() {
        return size >= capacity;
    }

    /** Whether at most half of the room is taken: late enough not to pause and resume with every record. */
    public synchronized boolean hasRoomAgain() {
        return size <= capacity / 2;
    }

    public synchronized boolean isEmpty() {
        return size == 0;
    }
}
