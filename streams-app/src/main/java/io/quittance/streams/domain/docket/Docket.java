package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.Instants;
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
 * @param ordered directives that were carried out, oldest first: delivered again, they are not carried out again
 */
public record Docket(
        String subjectId,
        List<Case> open,
        List<ClosedMarker> closed,
        List<EarlyArrival> early,
        List<Hold> holds,
        List<Ordered> ordered) {
    /** Directives remembered per subject. */
    private static final int MOST_ORDERED = 64;

    public Docket {
        open = List.copyOf(open);
        closed = List.copyOf(closed);
        early = List.copyOf(early);
        holds = List.copyOf(holds);
        ordered = List.copyOf(ordered);
    }

    /** A docket that remembers no directive. */
    public Docket(
            String subjectId, List<Case> open, List<ClosedMarker> closed, List<EarlyArrival> early, List<Hold> holds) {
        this(subjectId, open, closed, early, holds, List.of());
    }

    public static Docket empty(String subjectId) {
        return new Docket(subjectId, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    public boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty() && early.isEmpty() && holds.isEmpty() && ordered.isEmpty();
    }

    /** A loop and no stream: this is looked for several times in every record. */
    public Optional<Case> find(String requestId) {
        for (Case one : open) {
            if (one.requestId().equals(requestId)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
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
        return new Docket(subjectId, plus(open, newcomer), closed, early, holds, ordered);
    }

    public Docket changing(String requestId, UnaryOperator<Case> change) {
        var changed = new ArrayList<>(open);
        changed.replaceAll(one -> one.requestId().equals(requestId) ? change.apply(one) : one);
        return new Docket(subjectId, changed, closed, early, holds, ordered);
    }

    /** Replaces an open request by its marker, forgetting the oldest markers beyond the limit. */
    public Docket closing(ClosedMarker marker, int limit) {
        List<Case> remaining = open.stream()
                .filter(one -> !one.requestId().equals(marker.requestId()))
                .toList();
        return new Docket(subjectId, remaining, atMost(limit, plus(closed, marker)), early, holds, ordered);
    }

    /**
     * What was never carried out is forgotten first: delivered again, it is judged again, and nothing is done twice.
     */
    private static List<ClosedMarker> atMost(int limit, List<ClosedMarker> markers) {
        var kept = new ArrayList<>(markers);
        while (kept.size() > limit) {
            kept.stream()
                    .filter(marker -> marker.answered().isEmpty())
                    .findFirst()
                    .ifPresentOrElse(kept::remove, () -> kept.remove(0));
        }
        return kept;
    }

    public Docket forgettingClosedBefore(Instant horizon) {
        List<ClosedMarker> kept = closed.stream()
                .filter(marker -> !marker.closedAt().isBefore(horizon))
                .toList();
        List<Ordered> remembered =
                ordered.stream().filter(order -> !order.at().isBefore(horizon)).toList();
        return new Docket(subjectId, open, kept, early, holds, remembered);
    }

    /** Since when something has been kept that is only to be recognised; empty if nothing is. */
    public Optional<Instant> oldestMemory() {
        Instant oldest = null;
        for (ClosedMarker marker : closed) {
            oldest = Instants.earlier(oldest, marker.closedAt());
        }
        for (Ordered order : ordered) {
            oldest = Instants.earlier(oldest, order.at());
        }
        return Optional.ofNullable(oldest);
    }

    /** Whether a directive has been carried out. */
    public boolean knowsDirective(String directiveId) {
        return ordered.stream().anyMatch(order -> order.directiveId().equals(directiveId));
    }

    /** Remembers a directive, forgetting the oldest beyond the limit. */
    public Docket remembering(Ordered order) {
        List<Ordered> all = plus(ordered, order);
        return new Docket(
                subjectId, open, closed, early, holds, all.subList(Math.max(0, all.size() - MOST_ORDERED), all.size()));
    }

    public Docket keeping(EarlyArrival arrival) {
        return new Docket(subjectId, open, closed, plus(early, arrival), holds, ordered);
    }

    public Docket without(EarlyArrival arrival) {
        return new Docket(
                subjectId,
                open,
                closed,
                early.stream().filter(one -> !one.equals(arrival)).toList(),
                holds,
                ordered);
    }

    public Docket held(Hold hold) {
        return new Docket(subjectId, open, closed, early, plus(holds, hold), ordered);
    }

    /** @param holdId null for all */
    public Docket lifted(@Nullable String holdId) {
        List<Hold> remaining = holds.stream()
                .filter(hold -> holdId != null && !hold.directiveId().equals(holdId))
                .toList();
        return new Docket(subjectId, open, closed, early, remaining, ordered);
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
