package io.quittance.streams.codec;

import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.RequestState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a docket without reading it: the indexes over a store are rebuilt from headers alone. Times are
 * epoch milliseconds, {@link #NEVER} where there is none; counts stop at 255.
 *
 * @param due when the docket next wants to be looked at without anything arriving
 * @param oldestOpen when the longest open request was received
 * @param oldestMarker when the request of the oldest marker was closed
 * @param deadlineNear open requests that people were told are soon to be answered
 * @param deadlineMissed open requests that people were told were not answered in time
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
        int deadlineMissed) {
    public static final long NEVER = Long.MAX_VALUE;
    static final int BYTES = 3 * Long.BYTES + 7;
    private static final int MOST = 255;

    static RowHeader of(Docket docket, @Nullable Instant due) {
        return new RowHeader(
                due == null ? NEVER : due.toEpochMilli(),
                docket.open().stream()
                        .map(Case::receivedAt)
                        .mapToLong(Instant::toEpochMilli)
                        .min()
                        .orElse(NEVER),
                docket.closed().stream()
                        .map(ClosedMarker::closedAt)
                        .mapToLong(Instant::toEpochMilli)
                        .min()
                        .orElse(NEVER),
                count(docket, RequestState.AWAITING_VERIFICATION),
                count(docket, RequestState.AWAITING_APPROVAL),
                count(docket, RequestState.QUEUED),
                count(docket, RequestState.EXECUTING),
                count(docket, RequestState.AWAITING_REVIEW),
                count(docket, RowHeader::isNear),
                count(docket, RowHeader::isMissed));
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
                Byte.toUnsignedInt(row.get()),
                Byte.toUnsignedInt(row.get()),
                Byte.toUnsignedInt(row.get()));
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
