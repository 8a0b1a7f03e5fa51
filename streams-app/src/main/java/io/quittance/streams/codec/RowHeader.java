package io.quittance.streams.codec;

import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.RequestState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
        return new RowHeader(
                due == null ? NEVER : due.toEpochMilli(),
                docket.open().stream()
                        .map(Case::receivedAt)
                        .mapToLong(Instant::toEpochMilli)
                        .min()
                        .orElse(NEVER),
                docket.oldestMemory().map(Instant::toEpochMilli).orElse(NEVER),
                count(docket, RequestState.AWAITING_VERIFICATION),
                count(docket, RequestState.AWAITING_APPROVAL),
                count(docket, RequestState.QUEUED),
                count(docket, RequestState.EXECUTING),
                count(docket, RequestState.AWAITING_REVIEW),
                count(docket, RowHeader::isNear),
                count(docket, RowHeader::isMissed),
                earliestFrozen(docket, Case::answerBy),
                earliestFrozen(docket, Case::receivedAt));
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

    private static long earliestFrozen(Docket docket, Function<Case, @Nullable Instant> time) {
        return docket.open().stream()
                .filter(Case::frozen)
                .map(time)
                .flatMap(Stream::ofNullable)
                .mapToLong(Instant::toEpochMilli)
                .min()
                .orElse(NEVER);
    }

    private static int count(Docket docket, RequestState state) {
        return count(docket, one -> one.state() == state);
    }

    private static int count(Docket docket, Predicate<Case> which) {
        return (int) Math.min(docket.open().stream().filter(which).count(), MOST);
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
