package io.quittance.proving.check;

import io.quittance.proving.check.LeftBehind.DocketRow;
import java.nio.ByteBuffer;

/**
 * The head of a docket's row, as its format is described: a byte of version, when the docket is next due, two further
 * times, and how many requests are open in each of five states.
 */
final class DocketHead {
    private static final int NEWEST = 2;
    private static final int LENGTH = 1 + 3 * Long.BYTES + 5;

    private DocketHead() {}

    static DocketRow read(String subjectId, byte[] row) {
        if (row.length < LENGTH || row[0] < 1 || row[0] > NEWEST) {
            return new DocketRow(subjectId, false, Long.MAX_VALUE, 0);
        }
        ByteBuffer head = ByteBuffer.wrap(row, 1, LENGTH - 1);
        long due = head.getLong();
        head.getLong();
        head.getLong();
        int states = row[0] == 1 ? 4 : 5;
        int open = 0;
        for (int state = 0; state < states; state++) {
            open += Byte.toUnsignedInt(head.get());
        }
        return new DocketRow(subjectId, true, due, open);
    }
}
