package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request may rest on: the rule that applies, what was proven, what is planned, who approved, what was granted.
 *
 * @param judgement null only until the policy has been applied
 * @param round how often approval was asked for
 * @param grants newest last
 */
public record Authority(
        @Nullable Judgement judgement,
        @Nullable Plan plan,
        @Nullable String planHash,
        int round,
        List<Verification> verifications,
        List<DecisionMade> decisions,
        List<Grant> grants) {
    public Authority {
        verifications = List.copyOf(verifications);
        decisions = List.copyOf(decisions);
        grants = List.copyOf(grants);
    }

    public static Authority none() {
        return new Authority(null, null, null, 0, List.of(), List.of(), List.of());
    }

    public Authority judged(Judgement made) {
        return new Authority(made, plan, planHash, round, verifications, decisions, grants);
    }

    public Authority planned(Plan made, String hash) {
        return new Authority(judgement, made, hash, round, verifications, decisions, grants);
    }

    public Authority askedAgain() {
        return new Authority(judgement, plan, planHash, round + 1, verifications, decisions, grants);
    }

    public Authority with(Verification made) {
        return new Authority(judgement, plan, planHash, round, plus(verifications, made), decisions, grants);
    }

    public Authority with(DecisionMade made) {
        return new Authority(judgement, plan, planHash, round, verifications, plus(decisions, made), grants);
    }

    public Authority with(Grant given) {
        return new Authority(judgement, plan, planHash, round, verifications, decisions, plus(grants, given));
    }

    /** Approvals that count in the present round. What came later is told by the order, for clocks may go back. */
    public List<DecisionMade> approvals() {
        return IntStream.range(0, decisions.size())
                .filter(i -> decisions.get(i).approvedIn(round))
                .filter(i -> decisions.subList(i + 1, decisions.size()).stream()
                        .noneMatch(later -> later.takesBack(decisions.get(i))))
                .mapToObj(decisions::get)
                .toList();
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
