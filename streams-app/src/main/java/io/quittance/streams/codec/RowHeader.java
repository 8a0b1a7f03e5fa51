package io.quittance.streams.codec;

import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Instants;
import io.quittance.streams.domain.model.RequestState;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a docket without reading it: the indexes over a store are rebuilt from headers alone. Times are
 * epoch milliseconds, {@link #NEVER} where there is none; counts stop at 255.
 *
 * @param due when the docket next wants to be looked at without anything arriving
 * @param oldestOpen when the longest open request was received
 * @param oldestMarker since when something has been kept that is only to be recognised: a closed request, a directive
 * @param deadlineNear open requests that people were told are soon to be answered
 * @param deadlineMissed open requests that people were told were not answered in time
 * @param frozenDeadline of the requests whose work waits for a freeze to end, when the law wants the first answered
 * @param frozenSince of those, when the first was received
 */
public record RowHeader(
        long due,
        long oldestOpen,
        long oldestMarker,
        int awaitingVerification,
        int awaitingApproval,
        int queued,
        int executing,
        int awaitingReview,
        int deadlineNear,
        int deadlineMissed,
        long frozenDeadline,
        long frozenSince) {
    public static final long NEVER = Long.MAX_VALUE;
    /** Length in rows of format 1, which end before the reviews. */
    static final int BYTES_IN_FORMAT_1 = 3 * Long.BYTES + 4;

    static final int BYTES = BYTES_IN_FORMAT_1 + 3 + 2 * Long.BYTES;
    private static final int MOST = 255;

    static RowHeader of(Docket docket, @Nullable Instant due) {
        Instant oldestOpen = null;
        Instant frozenDeadline = null;
        Instant frozenSince = null;
        int[] inState = new int[RequestState.values().length];
        int near = 0;
        int missed = 0;
        for (Case open : docket.open()) {
            oldestOpen = Instants.earlier(oldestOpen, open.receivedAt());
            inState[open.state().ordinal()]++;
            near += isNear(open) ? 1 : 0;
            missed += isMissed(open) ? 1 : 0;
            if (open.frozen()) {
                frozenDeadline = Instants.earlier(frozenDeadline, open.answerBy());
                frozenSince = Instants.earlier(frozenSince, open.receivedAt());
            }
        }
        return new RowHeader(
                millis(due),
                millis(oldestOpen),
                millis(docket.oldestMemory().orElse(null)),
                atMost(inState[RequestState.AWAITING_VERIFICATION.ordinal()]),
                atMost(inState[RequestState.AWAITING_APPROVAL.ordinal()]),
                atMost(inState[RequestState.QUEUED.ordinal()]),
                atMost(inState[RequestState.EXECUTING.ordinal()]),
                atMost(inState[RequestState.AWAITING_REVIEW.ordinal()]),
                atMost(near),
                atMost(missed),
                millis(frozenDeadline),
                millis(frozenSince));
    }

    /** Whether some of its work waits for a freeze to end. */
    public boolean frozen() {
        return frozenSince != NEVER;
    }

    /** Open requests in that state. */
    public int open(RequestState state) {
        return switch (state) {
            case AWAITING_VERIFICATION -> awaitingVerification;
            case AWAITING_APPROVAL -> awaitingApproval;
            case QUEUED -> queued;
            case EXECUTING -> executing;
            case AWAITING_REVIEW -> awaitingReview;
            case NEW, DENIED, EXPIRED, CANCELLED, FULFILLED, PARTIALLY_FULFILLED, FAILED -> 0;
        };
    }

    void writeTo(ByteBuffer row) {
        row.putLong(due).putLong(oldestOpen).putLong(oldestMarker);
        row.put((byte) awaitingVerification).put((byte) awaitingApproval).put((byte) queued);
        row.put((byte) executing).put((byte) awaitingReview);
        row.put((byte) deadlineNear).put((byte) deadlineMissed);
        row.putLong(frozenDeadline).putLong(frozenSince);
    }

    static RowHeader readFrom(ByteBuffer row) {
        return new RowHeader(
                row.getLong(),
                row.getLong(),
                row.getLong(),
                Byte.toUnsignedInt(row.get()),
                Byte.toUnsignedInt(row.get()),
                Byte.toUnsignedInt(row.get()),
                Byte.toUnsignedInt(row.get()),
                count(row),
                count(row),
                count(row),
                time(row),
                time(row));
    }

    /** What a row of an earlier format does not tell is none. */
    private static int count(ByteBuffer row) {
        return row.hasRemaining() ? Byte.toUnsignedInt(row.get()) : 0;
    }

    private static long time(ByteBuffer row) {
        return row.hasRemaining() ? row.getLong() : NEVER;
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? NEVER : time.toEpochMilli();
    }

    private static int atMost(int count) {
        return Math.min(count, MOST);
    }

    private static boolean isNear(Case one) {
        return one.answerBy() != null && told(one, Alarm.DEADLINE_NEAR) && !told(one, Alarm.DEADLINE_MISSED);
    }

    private static boolean isMissed(Case one) {
        return one.answerBy() != null && told(one, Alarm.DEADLINE_MISSED);
    }

    private static boolean told(Case one, Alarm alarm) {
        return one.clock() != null && one.clock().told().contains(alarm);
    }
}
