package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is odd about one rule by itself. */
final class RuleChecks {

    /** A type is everybody of it. */
    private static final Set<String> WHO = Set.of("requester.roles", "requester.id");

    private RuleChecks() {}

    static List<Finding> of(RuleView view) {
        List<Finding> findings = new ArrayList<>();
        Stream.<Function<RuleView, Optional<Finding>>>of(
                        RuleChecks::unattended,
                        RuleChecks::emergency,
                        RuleChecks::waiting,
                        RuleChecks::agedProof,
                        RuleChecks::verification,
                        RuleChecks::reason)
                .forEach(check -> check.apply(view).ifPresent(findings::add));
        findings.addAll(maybeAbsent(view));
        return findings;
    }

    private static Optional<Finding> unattended(RuleView view) {
        if (view.rule().outcome() != RuleOutcome.APPROVE || !view.mayWrite()) {
            return Optional.empty();
        }
        String who = view.types().contains(RequesterType.SYSTEM) ? ", and a program can trigger it" : "";
        return Optional.of(view.finding(
                Check.UNATTENDED_WRITE,
                "outcome",
                "approves " + writes(view) + " that nobody looks at" + who + ".",
                "Make it ASK; or, if it is meant so, limit it and say why under 'accepts: {unattended-write: ...}'."));
    }

    private static String writes(RuleView view) {
        return String.join(
                " and ",
                view.actions().stream().filter(Action::writes).map(Enum::name).toList());
    }

    private static Optional<Finding> emergency(RuleView view) {
        return view.rule().review() != null && view.shape().paths().stream().noneMatch(WHO::contains)
                ? Optional.of(view.finding(
                        Check.EMERGENCY_FOR_ANYONE,
                        "when",
                        "gives emergency access to anybody who claims it.",
                        "Name who may, such as requester.inRole(\"on-call\")."))
                : Optional.empty();
    }

    private static Optional<Finding> waiting(RuleView view) {
        return !view.rule().waiting().isZero() && !view.mayHold().isEmpty() && !view.mayWrite()
                ? Optional.of(view.finding(
                        Check.WAITING_ON_READ,
                        "waiting",
                        "has a waiting period, which only writes have, and holds of reads alone.",
                        "Leave out 'waiting'."))
                : Optional.empty();
    }

    /** The wait begins anew when what was proven has to be proven again. */
    private static Optional<Finding> agedProof(RuleView view) {
        Duration maxAge = view.rule().verification().maxAge();
        boolean endless = view.mayWrite()
                && maxAge != null
                && maxAge.compareTo(view.rule().waiting()) <= 0;
        return endless
                ? Optional.of(view.finding(
                        Check.PROOF_AGES_WHILE_WAITING,
                        "verification",
                        "waits for longer than a proof may be old, so that it is to be proven again each time.",
                        "Make 'max_age' longer than 'waiting'."))
                : Optional.empty();
    }

    private static Optional<Finding> verification(RuleView view) {
        var need = view.rule().verification();
        boolean named =
                view.types().contains(RequesterType.SYSTEM) && view.types().size() < RequesterType.values().length;
        return (need.identityLevel() > 0 || need.intent()) && named
                ? Optional.of(view.finding(
                        Check.VERIFICATION_OF_SYSTEM,
                        "verification",
                        "wants a proof of identity or intent from requesters of type SYSTEM, and a program has none to give.",
                        "Leave SYSTEM out of its condition, or the verification out of the rule."))
                : Optional.empty();
    }

    private static Optional<Finding> reason(RuleView view) {
        Rule rule = view.rule();
        return rule.reason().isBlank()
                ? Optional.of(view.finding(
                        Check.NO_REASON,
                        "",
                        "has no sentence for people.",
                        "Add 'reason: ...'; the audit shows it to whoever asks why."))
                : Optional.empty();
    }

    private static List<Finding> maybeAbsent(RuleView view) {
        return view.shape().paths().stream()
                .filter(Assumption.OPTIONAL::contains)
                .filter(path -> Possible.includes(view.shape().possible(Assumption.without(path)), Possible.ERROR))
                .map(path -> view.finding(
                        Check.MAYBE_ABSENT,
                        "when",
                        "looks at " + path
                                + " without asking whether it is there; where it is not, the request is denied.",
                        "Write 'has(" + path + ") && ...' around it."))
                .toList();
    }
}
