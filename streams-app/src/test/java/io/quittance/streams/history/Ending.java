package io.quittance.streams.history;

import static io.quittance.streams.history.Violation.unless;

import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.RequestState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The model's own reading of how a request may end, and of how people learn of a refusal. */
final class Ending {
    private Ending() {}

    static void check(Dossier about, Instant now) {
        unless(
                about.out().allMatch(attempt -> attempt.overdue),
                "a request closes when whatever is out has answered or is overdue");
        unless(!about.prompted, "a request that closes wants no decision");
        boolean used = !about.grants.isEmpty();
        unless(about.rule.review() == null || !used || about.signed, "an emergency that was used is signed for");
        Set<String> granted = new HashSet<>();
        for (Grant grant : about.grants.values()) {
            granted.addAll(grant.systems());
        }
        boolean all = used && about.done.containsAll(granted);
        switch (about.audited) {
            case FULFILLED -> unless(all, "fulfilled means that every system has done its part");
            case PARTIALLY_FULFILLED ->
                unless(!all && !about.done.isEmpty(), "partially means some and not all systems");
            case FAILED -> unless(used && about.done.isEmpty(), "failed means that no system has done its part");
            case CANCELLED ->
                unless(about.cancelled || about.code.equals("DUPLICATE_OF_OPEN"), "cancelled means that somebody did");
            case DENIED -> unless(!used || !about.done.equals(granted), "denied means that it was not done");
            case EXPIRED -> unless(!all, "expired means that something was left");
            default -> unless(false, "a request ends in a final state");
        }
        unless(!about.denied || about.audited == RequestState.DENIED, "denied is denied");
        unless(
                !about.code.equals("DENIED_BY_APPROVER") || about.denied,
                "denied by approvers means that enough of them did");
    }

    /** Every refusal is in the trail of a request's audit, or in the dead letters. */
    static void isTold(Decision decision) {
        String code = String.valueOf(decision.refusal());
        boolean told = decision.effects().stream().anyMatch(effect -> tells(effect, code));
        unless(told, "a refusal is told: " + code);
    }

    private static boolean tells(Effect effect, String code) {
        if (effect instanceof Effect.DeadLetterInput letter) {
            return letter.why().name().equals(code);
        }
        return effect instanceof Effect.WriteAudit audit
                && (audit.snapshot().standing().code().equals(code)
                        || audit.snapshot().story().trail().stream()
                                .anyMatch(entry -> entry.code().equals(code)));
    }
}
