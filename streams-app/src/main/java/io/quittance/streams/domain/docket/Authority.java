package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request may rest on: the rule that applies, what was proven, what is planned, who approved, what was granted.
 *
 * @param judgement null only until the policy has been applied
 * @param round how often approval was asked for
 * @param reminded whether those who are asked in this round have been reminded
 * @param escalated whether others are asked in this round because no answer came
 * @param grants newest last
 */
public record Authority(
        @Nullable Judgement judgement,
        @Nullable Plan plan,
        @Nullable String planHash,
        int round,
        boolean reminded,
        boolean escalated,
        List<Verification> verifications,
        List<DecisionMade> decisions,
        List<Grant> grants) {
    public Authority {
        verifications = List.copyOf(verifications);
        decisions = List.copyOf(decisions);
        grants = List.copyOf(grants);
    }

    public static Authority none() {
        return new Authority(null, null, null, 0, false, false, List.of(), List.of(), List.of());
    }

    public Authority judged(Judgement made) {
        return new Authority(made, plan, planHash, round, reminded, escalated, verifications, decisions, grants);
    }

    public Authority planned(Plan made, String hash) {
        return new Authority(judgement, made, hash, round, reminded, escalated, verifications, decisions, grants);
    }

    public Authority askedAgain() {
        return new Authority(judgement, plan, planHash, round + 1, false, false, verifications, decisions, grants);
    }

    public Authority afterReminder() {
        return new Authority(judgement, plan, planHash, round, true, escalated, verifications, decisions, grants);
    }

    public Authority afterEscalation() {
        return new Authority(judgement, plan, planHash, round, reminded, true, verifications, decisions, grants);
    }

    public Authority with(Verification made) {
        return new Authority(
                judgement, plan, planHash, round, reminded, escalated, plus(verifications, made), decisions, grants);
    }

    public Authority with(DecisionMade made) {
        return new Authority(
                judgement, plan, planHash, round, reminded, escalated, verifications, plus(decisions, made), grants);
    }

    public Authority with(Grant given) {
        return new Authority(
                judgement, plan, planHash, round, reminded, escalated, verifications, decisions, plus(grants, given));
    }

    /** Approvals that stand in the present round. */
    public List<DecisionMade> approvals() {
        return standing(Verdict.APPROVE);
    }

    /** Denials that stand in the present round. */
    public List<DecisionMade> denials() {
        return standing(Verdict.DENY);
    }

    /** What came later is told by the order, for clocks may go back. */
    private List<DecisionMade> standing(Verdict verdict) {
        var standing = new ArrayList<DecisionMade>();
        for (int i = 0; i < decisions.size(); i++) {
            DecisionMade made = decisions.get(i);
            if (made.countsAs(verdict, round) && !isReplaced(made, decisions.subList(i + 1, decisions.size()))) {
                standing.add(made);
            }
        }
        return List.copyOf(standing);
    }

    private static boolean isReplaced(DecisionMade made, List<DecisionMade> later) {
        for (DecisionMade other : later) {
            if (other.replaces(made)) {
                return true;
            }
        }
        return false;
    }

    public boolean knowsDecision(String decisionId) {
        return decisions.stream().anyMatch(made -> made.decisionId().equals(decisionId));
    }

    public boolean knowsVerification(String verificationId) {
        return verifications.stream().anyMatch(made -> made.verificationId().equals(verificationId));
    }

    public Optional<Grant> grant() {
        return grants.isEmpty() ? Optional.empty() : Optional.of(grants.get(grants.size() - 1));
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }
}
