package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Hold;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import java.util.Collections;
import java.util.List;

/** Legal holds: what they keep is neither deleted nor anonymized, whatever was approved. Reads go on. */
final class Holding {
    static final String SENTENCE = "A legal hold keeps the subject's data.";
    /** Holds of one subject at a time. */
    static final int MOST = 20;

    private Holding() {}

    static void place(Turn turn, Command.Direct direct) {
        List<Hold> holds = turn.docket().holds();
        if (direct.requestId() != null) {
            turn.deadLetter(Refusal.DIRECTIVE_NEEDS_SUBJECT_SCOPE);
        } else if (holds.stream().anyMatch(hold -> hold.directiveId().equals(direct.directiveId()))) {
            turn.repeated();
        } else if (holds.size() >= MOST) {
            turn.deadLetter(Refusal.TOO_MANY_HOLDS);
        } else {
            turn.record(new Event.Held(
                    new Hold(direct.directiveId(), direct.issuedBy(), turn.now, direct.scope(), direct.reason())));
            stopWhatIsHeld(turn, direct.issuedBy());
        }
    }

    static void lift(Turn turn, Command.Direct direct) {
        List<Hold> holds = turn.docket().holds();
        String holdId = direct.holdId();
        if (direct.requestId() != null) {
            turn.deadLetter(Refusal.DIRECTIVE_NEEDS_SUBJECT_SCOPE);
        } else if (holdId != null
                && holds.stream().noneMatch(hold -> hold.directiveId().equals(holdId))) {
            turn.deadLetter(Refusal.UNKNOWN_HOLD);
        } else if (holds.isEmpty()) {
            turn.repeated();
        } else {
            List<Case> held = turn.docket().open().stream()
                    .filter(one -> isHeld(turn, one))
                    .toList();
            turn.record(new Event.Lifted(holdId));
            held.forEach(one -> tellOfLifting(turn, one, direct));
        }
    }

    /** Who lets go of what was kept is part of the evidence; what is deleted next was kept by this hold. */
    private static void tellOfLifting(Turn turn, Case about, Command.Direct direct) {
        String which =
                direct.holdId() == null ? "All legal holds on the subject were" : "A legal hold on the subject was";
        turn.note(
                about.requestId(),
                "HOLD_LIFTED",
                direct.issuedBy(),
                which + " lifted by order " + direct.directiveId() + ".");
        turn.audit(about.requestId());
    }

    /** Whether what is left of the request's work would touch what a hold keeps. */
    static boolean isHeld(Turn turn, Case about) {
        Plan plan = about.authority().plan();
        if (plan == null
                || !about.request().action().writes()
                || turn.docket().holds().isEmpty()) {
            return false;
        }
        Plan approved =
                about.state() == EXECUTING ? Approval.grantedPlan(turn, about) : Approval.approvedPlan(turn, about);
        List<PlannedSystem> left = approved.systems().stream()
                .filter(planned -> isLeft(about, planned.system()))
                .toList();
        return turn.docket().holds().stream()
                .anyMatch(hold -> left.stream().anyMatch(planned -> keeps(hold, planned, turn)));
    }

    /** Whether a hold keeps what the request may touch in that system under its grant. */
    static boolean keeps(Turn turn, Case about, String system) {
        return about.request().action().writes()
                && !turn.docket().holds().isEmpty()
                && Approval.grantedPlan(turn, about).system(system).stream()
                        .anyMatch(
                                planned -> turn.docket().holds().stream().anyMatch(hold -> keeps(hold, planned, turn)));
    }

    private static boolean isLeft(Case about, String system) {
        return about.state() != EXECUTING
                || about.task(system)
                        .map(TaskState::status)
                        .filter(status -> !status.terminal())
                        .isPresent();
    }

    /** A dataset that names no category may hold any. */
    private static boolean keeps(Hold hold, PlannedSystem planned, Turn turn) {
        if (!hold.scope().includesSystem(planned.system())) {
            return false;
        }
        List<String> held = hold.scope().categories();
        if (held.isEmpty() || !Collections.disjoint(held, planned.categories())) {
            return true;
        }
        SystemEntry entry = turn.world.map().find(planned.system());
        return entry == null
                || entry.datasets().stream()
                        .filter(dataset -> planned.datasets().contains(dataset.name()))
                        .map(Dataset::categories)
                        .anyMatch(categories -> categories.isEmpty());
    }

    private static void stopWhatIsHeld(Turn turn, String by) {
        turn.docket().open().stream()
                .filter(one -> one.state() == EXECUTING && one.winding() == null)
                .filter(one -> isHeld(turn, one))
                .map(Case::requestId)
                .toList()
                .forEach(id -> Stopping.stop(turn, id, new Winding(EXPIRED, "LEGAL_HOLD", SENTENCE), by));
    }
}
