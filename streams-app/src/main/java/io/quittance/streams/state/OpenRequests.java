package io.quittance.streams.state;

import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.model.RequestState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many requests are open, in which state, and how old the oldest is. Derived from the docket store. */
final class OpenRequests {
    /** States an open request rests in. */
    static final List<RequestState> STATES = List.of(
            RequestState.AWAITING_VERIFICATION,
            RequestState.AWAITING_APPROVAL,
            RequestState.QUEUED,
            RequestState.EXECUTING,
            RequestState.AWAITING_REVIEW);

    private int deadlineNear;
    private int deadlineMissed;
    private final Map<String, RowHeader> headers = new HashMap<>();
    private final EnumMap<RequestState, Integer> counts = new EnumMap<>(RequestState.class);
    private final TreeMap<Long, Integer> received = new TreeMap<>();

    synchronized void set(String subject, RowHeader header) {
        RowHeader before =
                header.oldestOpen() == RowHeader.NEVER ? headers.remove(subject) : headers.put(subject, header);
        if (header.equals(before)) {
            return;
        }
        if (before != null) {
            count(before, -1);
        }
        if (header.oldestOpen() != RowHeader.NEVER) {
            count(header, 1);
        }
    }

    synchronized void remove(String subject) {
        RowHeader before = headers.remove(subject);
        if (before != null) {
            count(before, -1);
        }
    }

    synchronized int count(RequestState state) {
        return counts.getOrDefault(state, 0);
    }

    /** Open requests that people were told are soon to be answered. */
    synchronized int deadlineNear() {
        return deadlineNear;
    }

    /** Open requests that people were told were not answered in time. */
    synchronized int deadlineMissed() {
        return deadlineMissed;
    }

    /** When the longest open request was received, epoch milliseconds; {@link RowHeader#NEVER} if none is open. */
    synchronized long oldest() {
        return received.isEmpty() ? RowHeader.NEVER : received.firstKey();
    }

    private void count(RowHeader header, int sign) {
        STATES.forEach(state -> counts.merge(state, sign * header.open(state), Integer::sum));
        deadlineNear += sign * header.deadlineNear();
        deadlineMissed += sign * header.deadlineMissed();
        received.merge(header.oldestOpen(), sign, (one, other) -> one + other == 0 ? null : one + other);
    }
}
