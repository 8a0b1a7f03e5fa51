package io.quittance.streams.domain.docket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know about one subject's requests.
 *
 * @param open open requests, in the order they were submitted
 * @param closed what is remembered of closed ones, oldest first
 */
public record Docket(
        String subjectId, List<Case> open, List<ClosedMarker> closed, List<EarlyArrival> early, List<Hold> holds) {
    public Docket {
        open = List.copyOf(open);
        closed = List.copyOf(closed);
        early = List.copyOf(early);
        holds = List.copyOf(holds);
    }

    public static Docket empty(String subjectId) {
        return new Docket(subjectId, List.of(), List.of(), List.of(), List.of());
    }

    public boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty() && early.isEmpty() && holds.isEmpty();
    }

    public Optional<Case> find(String requestId) {
        return open.stream().filter(one -> one.requestId().equals(requestId)).findFirst();
    }

    public Optional<ClosedMarker> findClosed(String requestId) {
        return closed.stream()
                .filter(marker -> marker.requestId().equals(requestId))
                .findFirst();
    }

    /** Open requests submitted before this one. */
    public List<Case> before(String requestId) {
        return open.stream()
                .takeWhile(one -> !one.requestId().equals(requestId))
                .toList();
    }

    public Docket admitting(Case newcomer) {
        return new Docket(subjectId, plus(open, newcomer), closed, early, holds);
    }

    public Docket changing(String requestId, UnaryOperator<Case> change) {
        List<Case> changed = open.stream()
                .map(one -> one.requestId().equals(requestId) ? change.apply(one) : one)
                .toList();
        return new Docket(subjectId, changed, closed, early, holds);
    }

    /** Replaces an open request by its marker, forgetting the oldest markers beyond the limit. */
    public Docket closing(ClosedMarker marker, int limit) {
        List<Case> remaining = open.stream()
                .filter(one -> !one.requestId().equals(marker.requestId()))
                .toList();
        List<ClosedMarker> markers = plus(closed, marker);
        List<ClosedMarker> kept = markers.subList(Math.max(0, markers.size() - limit), markers.size());
        return new Docket(subjectId, remaining, kept, early, holds);
    }

    public Docket forgettingClosedBefore(Instant horizon) {
        List<ClosedMarker> kept = closed.stream()
                .filter(marker -> !marker.closedAt().isBefore(horizon))
                .toList();
        return kept.size() == closed.size() ? this : new Docket(subjectId, open, kept, early, holds);
    }

    public Docket keeping(EarlyArrival arrival) {
        return new Docket(subjectId, open, closed, plus(early, arrival), holds);
    }

    public Docket without(EarlyArrival arrival) {
        return new Docket(
                subjectId,
                open,
                closed,
                early.stream().filter(one -> !one.equals(arrival)).toList(),
                holds);
    }

    public Docket held(Hold hold) {
        return new Docket(subjectId, open, closed, early, plus(holds, hold));
    }

    /** @param holdId null for all */
    public Docket lifted(@Nullable String holdId) {
        List<Hold> remaining = holds.stream()
                .filter(hold -> holdId != null && !hold.directiveId().equals(holdId))
                .toList();
        return new Docket(subjectId, open, closed, early, remaining);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }

    @Override
    public String toString() {
        return "Docket[" + open.size() + " open, " + closed.size() + " closed]";
    }
}
