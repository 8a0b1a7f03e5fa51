package io.quittance.streams.state;

import io.quittance.streams.codec.LimitCodec;
import io.quittance.streams.domain.limit.Change;
import io.quittance.streams.domain.limit.Ledger;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows that the ledger of limits is built from. Belongs to one thread. */
public final class LimitStore {
    /** Name of the store, and part of its changelog's. */
    public static final String NAME = "limit-ledger";

    private final KeyValueStore<Bytes, byte[]> rows;
    private final LimitCodec codec = new LimitCodec();

    public LimitStore(KeyValueStore<Bytes, byte[]> rows) {
        this.rows = rows;
    }

    /** The ledger as the rows tell it; nothing governs it yet. */
    public Ledger ledger() {
        var ledger = new Ledger();
        try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> row = all.next();
                if (LimitCodec.isEntry(row.key.get())) {
                    ledger.restore(codec.readEntry(row.value));
                } else {
                    ledger.restore(codec.readStart(row.value));
                }
            }
        }
        return ledger;
    }

    public void keep(List<Change> changes) {
        changes.forEach(this::keep);
    }

    private void keep(Change change) {
        if (change instanceof Change.PutEntry put) {
            rows.put(entryKey(put.entry().claim().claimId()), codec.write(put.entry()));
        } else if (change instanceof Change.DropEntry drop) {
            rows.delete(entryKey(drop.claimId()));
        } else if (change instanceof Change.PutStart put) {
            rows.put(startKey(put.start().number()), codec.write(put.start()));
        } else if (change instanceof Change.DropStart drop) {
            rows.delete(startKey(drop.number()));
        } else {
            throw new IllegalStateException("a change that is no row: " + change.getClass());
        }
    }

    private static Bytes entryKey(String claimId) {
        return Bytes.wrap(LimitCodec.entryKey(claimId));
    }

    private static Bytes startKey(long number) {
        return Bytes.wrap(LimitCodec.startKey(number));
    }
}
