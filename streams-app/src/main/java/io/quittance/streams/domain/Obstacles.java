package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.model.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What keeps an approved request in the queue. */
final class Obstacles {
    private Obstacles() {}

    /** How the request stands while it waits; empty if it may be released. */
    static Optional<Standing> of(Turn turn, Case about) {
        return hold(turn, about)
                .or(() -> order(turn, about))
                .or(() -> waitingPeriod(turn, about))
                .or(() -> freeze(turn, about));
    }

    private static Optional<Standing> hold(Turn turn, Case about) {
        return Holding.isHeld(turn, about)
                ? Optional.of(waiting(about, "LEGAL_HOLD", Holding.SENTENCE, null))
                : Optional.empty();
    }

    /** What conflicts runs in the order of submission; but a read does not wait for a write that itself has to. */
    private static Optional<Standing> order(Turn turn, Case about) {
        boolean earlier = turn.docket().before(about.requestId()).stream()
                .filter(before -> conflict(before, about))
                .anyMatch(before -> about.request().action().writes() || !mayBeOvertaken(turn, before));
        if (earlier) {
            return Optional.of(
                    waiting(about, "EARLIER_REQUEST", "An earlier request of the subject goes first.", null));
        }
        boolean overtaken =
                turn.docket().open().stream().anyMatch(other -> other.state() == EXECUTING && conflict(other, about));
        return overtaken
                ? Optional.of(
                        waiting(about, "OTHER_REQUEST", "Another request of the subject is being carried out.", null))
                : Optional.empty();
    }

    private static boolean conflict(Case other, Case about) {
        return !other.requestId().equals(about.requestId())
                && !Reviewing.isOver(other)
                && other.request().action().conflictsWith(about.request().action());
    }

    private static boolean mayBeOvertaken(Turn turn, Case write) {
        return write.state() != EXECUTING
                && (Holding.isHeld(turn, write) || waitingPeriod(turn, write).isPresent());
    }

    /** Counted from when the request was approved. What has begun does not wait again. */
    private static Optional<Standing> waitingPeriod(Turn turn, Case about) {
        if (about.state() != QUEUED
                || !about.request().action().writes()
                || about.authority().grant().isPresent()) {
            return Optional.empty();
        }
        Duration waiting = Intake.pinnedRule(about).waiting();
        Instant end = about.standing().since().plus(waiting);
        String reason = "It waits until " + end + ", and can be withdrawn meanwhile.";
        // Where no wait is asked for, a clock that was set back must not bring one about.
        boolean waits = !waiting.isZero() && turn.now.isBefore(end);
        return waits ? Optional.of(waiting(about, "WAITING_PERIOD", reason, end)) : Optional.empty();
    }

    /** A grant opens only when all of its work can go out: its window would shut unused. */
    private static Optional<Standing> freeze(Turn turn, Case about) {
        Plan approved = Approval.approvedPlan(turn, about);
        return Freezing.stop(turn, about, approved.systemNames())
                .map(stop -> waiting(about, Standing.FROZEN, Freezing.sentence(stop), stop.until()));
    }

    private static Standing waiting(Case about, String code, String reason, @Nullable Instant until) {
        return new Standing(QUEUED, code, reason, about.standing().since(), until);
    }
}
