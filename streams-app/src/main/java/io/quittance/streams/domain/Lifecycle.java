package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.APPROVED;
import static io.quittance.streams.domain.Trigger.CANCEL_ORDERED;
import static io.quittance.streams.domain.Trigger.DECISION_DENIED;
import static io.quittance.streams.domain.Trigger.PLAN_CHANGED;
import static io.quittance.streams.domain.Trigger.PROOF_EXPIRED;
import static io.quittance.streams.domain.Trigger.RELEASED;
import static io.quittance.streams.domain.Trigger.REVIEWED;
import static io.quittance.streams.domain.Trigger.REVOKED;
import static io.quittance.streams.domain.Trigger.STOP_ORDERED;
import static io.quittance.streams.domain.Trigger.SUBMITTED;
import static io.quittance.streams.domain.Trigger.TASKS_ENDED;
import static io.quittance.streams.domain.Trigger.TIMED_OUT;
import static io.quittance.streams.domain.Trigger.VERIFICATION_REFUSED;
import static io.quittance.streams.domain.Trigger.VERIFIED;
import static io.quittance.streams.domain.Trigger.WITHDRAWN;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.AWAITING_REVIEW;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.CANCELLED;
import static io.quittance.streams.domain.model.RequestState.DENIED;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.RequestState.FAILED;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static io.quittance.streams.domain.model.RequestState.NEW;
import static io.quittance.streams.domain.model.RequestState.PARTIALLY_FULFILLED;
import static io.quittance.streams.domain.model.RequestState.QUEUED;

import io.quittance.streams.domain.model.RequestState;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every transition a request can take: the one table that the decider obeys, the diagram in ARCHITECTURE.md is drawn
 * from, and the coverage test walks.
 */
public final class Lifecycle {

    /** One legal move. */
    public record Transition(RequestState from, Trigger trigger, RequestState to) {}

    // spotless:off
    private static final Set<Transition> TABLE = table(
            from(NEW, SUBMITTED, AWAITING_VERIFICATION, AWAITING_APPROVAL, QUEUED, DENIED, CANCELLED),
            from(AWAITING_VERIFICATION, VERIFIED, AWAITING_APPROVAL, QUEUED),
            from(AWAITING_VERIFICATION, VERIFICATION_REFUSED, DENIED),
            from(AWAITING_VERIFICATION, TIMED_OUT, EXPIRED),
            from(AWAITING_VERIFICATION, WITHDRAWN, CANCELLED),
            from(AWAITING_VERIFICATION, CANCEL_ORDERED, CANCELLED),
            from(AWAITING_APPROVAL, APPROVED, QUEUED),
            from(AWAITING_APPROVAL, VERIFICATION_REFUSED, DENIED),
            from(AWAITING_APPROVAL, DECISION_DENIED, DENIED),
            from(AWAITING_APPROVAL, TIMED_OUT, EXPIRED, DENIED, QUEUED),
            from(AWAITING_APPROVAL, WITHDRAWN, CANCELLED),
            from(AWAITING_APPROVAL, CANCEL_ORDERED, CANCELLED),
            from(QUEUED, RELEASED, EXECUTING),
            from(QUEUED, VERIFICATION_REFUSED, DENIED),
            from(QUEUED, PLAN_CHANGED, AWAITING_APPROVAL, QUEUED, DENIED),
            from(QUEUED, PROOF_EXPIRED, AWAITING_VERIFICATION),
            from(QUEUED, REVOKED, AWAITING_APPROVAL, EXPIRED),
            from(QUEUED, WITHDRAWN, CANCELLED),
            from(QUEUED, CANCEL_ORDERED, CANCELLED),
            from(EXECUTING, STOP_ORDERED, EXECUTING),
            from(
                    EXECUTING,
                    TASKS_ENDED,
                    FULFILLED,
                    PARTIALLY_FULFILLED,
                    FAILED,
                    AWAITING_APPROVAL,
                    EXPIRED,
                    CANCELLED,
                    AWAITING_REVIEW),
            from(AWAITING_REVIEW, REVIEWED, FULFILLED, PARTIALLY_FULFILLED, FAILED, EXPIRED, CANCELLED));
    // spotless:on

    private Lifecycle() {}

    public static Set<Transition> transitions() {
        return TABLE;
    }

    /** Whether the trigger means anything in the state at all. */
    public static boolean answers(RequestState from, Trigger trigger) {
        return TABLE.stream().anyMatch(row -> row.from() == from && row.trigger() == trigger);
    }

    private static Stream<Transition> from(RequestState from, Trigger trigger, RequestState... targets) {
        return Arrays.stream(targets).map(to -> new Transition(from, trigger, to));
    }

    @SafeVarargs
    private static Set<Transition> table(Stream<Transition>... rows) {
        var transitions = new LinkedHashSet<Transition>();
        List.of(rows).forEach(row -> row.forEach(transitions::add));
        return Collections.unmodifiableSet(transitions);
    }
}
