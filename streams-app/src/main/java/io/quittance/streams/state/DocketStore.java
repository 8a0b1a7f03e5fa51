package io.quittance.streams.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.streams.codec.DocketCodec;
import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.state.FrozenIndex.FrozenSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One task's dockets, by subject, and the indexes that follow them. Belongs to one thread. */
public final class DocketStore {
    /** Name of the store, and part of its changelog's. */
    public static final String NAME = "dockets";

    private final KeyValueStore<Bytes, byte[]> rows;
    private final DocketCodec codec = new DocketCodec();
    private final TimerIndex timers = new TimerIndex();
    private final OpenRequests open = new OpenRequests();
    private final FrozenIndex frozen = new FrozenIndex();
    private final OpenDockets recent;
    private @Nullable FrozenSubject thawedTo;
    private @Nullable Bytes sweptTo;

    private DocketStore(KeyValueStore<Bytes, byte[]> rows, OpenDockets recent) {
        this.rows = rows;
        this.recent = recent;
    }

    /**
     * Opens the store as it is after a restore: one pass over the rows' headers builds the indexes.
     *
     * @param parsedBytes how many bytes of rows are kept parsed
     */
    public static DocketStore open(KeyValueStore<Bytes, byte[]> rows, long parsedBytes) {
        var store = new DocketStore(rows, new OpenDockets(parsedBytes));
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            all.forEachRemaining(row -> store.index(subject(row.key), DocketCodec.header(row.value)));
        }
        return store;
    }

    /** The subject's docket; an empty one if there is none. */
    public Docket load(String subject) {
        Docket parsed = recent.get(subject);
        return parsed == null ? read(subject) : parsed;
    }

    /**
     * @param due when the docket next wants to be looked at; null if never
     * @param most bytes the row may have
     * @return false, with nothing changed, if the row would be larger
     */
    public boolean save(Docket docket, @Nullable Instant due, int most) {
        String subject = docket.subjectId();
        if (docket.isEmpty()) {
            rows.delete(key(subject));
            recent.forget(subject);
            timers.set(subject, RowHeader.NEVER);
            open.remove(subject);
            frozen.remove(subject);
            return true;
        }
        byte[] row = codec.write(docket, due);
        if (row.length > most) {
            return false;
        }
        rows.put(key(subject), row);
        recent.put(docket, row);
        index(subject, DocketCodec.header(row));
        return true;
    }

    /**
     * Corrects when the subject is looked at next, without writing. A row's header tells what was true when it was
     * written; settings may have changed since.
     */
    public void expect(String subject, @Nullable Instant due) {
        timers.set(subject, due == null ? RowHeader.NEVER : due.toEpochMilli());
    }

    /** Subjects that want to be looked at by now, earliest first. */
    public List<String> dueBy(Instant now, int most) {
        return timers.dueBy(now.toEpochMilli(), most);
    }

    /** Begins anew with the first of the subjects whose work waits for a freeze to end. */
    public void beginThaw() {
        thawedTo = null;
    }

    /** The next of those subjects, in the order in which their work is to go on; none after the last. */
    public List<String> nextToThaw(int most) {
        List<FrozenSubject> next = frozen.after(thawedTo, most);
        if (!next.isEmpty()) {
            thawedTo = next.get(next.size() - 1);
        }
        return next.stream().map(FrozenSubject::subject).toList();
    }

    /** Whether some of the subject's work waits for a freeze to end. */
    public boolean isFrozen(String subject) {
        return frozen.has(subject);
    }

    /**
     * Subjects with a marker from before the horizon, among the next few rows; the next call goes on from there, and
     * begins anew after the last.
     */
    public List<String> sweep(Instant horizon, int rowsLookedAt) {
        var stale = new ArrayList<String>();
        int looked = 0;
        try (KeyValueIterator<Bytes, byte[]> next = rows.range(sweptTo, null)) {
            while (next.hasNext() && looked < rowsLookedAt) {
                KeyValue<Bytes, byte[]> row = next.next();
                if (DocketCodec.header(row.value).oldestMarker() < horizon.toEpochMilli()) {
                    stale.add(subject(row.key));
                }
                looked++;
            }
            sweptTo = next.hasNext() ? next.peekNextKey() : null;
        }
        return stale;
    }

    /** About how many subjects there are. */
    public long rowCount() {
        return rows.approximateNumEntries();
    }

    /** For metrics. */
    public DocketGauges gauges() {
        return new DocketGauges(timers, open, frozen);
    }

    private Docket read(String subject) {
        byte[] row = rows.get(key(subject));
        if (row == null) {
            return Docket.empty(subject);
        }
        Docket docket = codec.read(row);
        recent.put(docket, row);
        return docket;
    }

    private void index(String subject, RowHeader header) {
        timers.set(subject, header.due());
        open.set(subject, header);
        frozen.set(subject, header);
    }

    /** Key of a subject's row. */
    public static Bytes key(String subject) {
        return Bytes.wrap(subject.getBytes(UTF_8));
    }

    private static String subject(Bytes key) {
        return new String(key.get(), UTF_8);
    }
}
