package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is odd about whom a rule asks, and how long. */
final class AskChecks {

    /** Sets of requirements are tried one by one; a rule with more has its total checked only. */
    private static final int MOST_REQUIREMENTS = 12;

    private final People people;

    AskChecks(People people) {
        this.people = people;
    }

    List<Finding> of(RuleView view) {
        ApprovalAsk ask = view.rule().ask();
        if (ask == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(satisfiable(view, ask));
        denial(view, ask).ifPresent(findings::add);
        silence(view, ask).ifPresent(findings::add);
        times(view, ask, findings);
        if (!ask.hashRequired() && view.mayWrite()) {
            findings.add(view.finding(
                    Check.UNBOUND_WRITE,
                    "ask.hash_required",
                    "takes approvals of a write that do not say which plan they are for.",
                    "Leave out 'hash_required: false', so that nobody approves what they were not shown."));
        }
        return findings;
    }

    private List<Finding> satisfiable(RuleView view, ApprovalAsk ask) {
        List<Alternative> ways = new ArrayList<>(ask.anyOf());
        if (ask.escalation() != null) {
            ways.addAll(ask.escalation().anyOf());
        }
        List<String> obstacles =
                ways.stream().map(this::obstacle).flatMap(Optional::stream).toList();
        if (obstacles.isEmpty()) {
            return List.of();
        }
        boolean hopeless = obstacles.size() == ways.size();
        return List.of(view.finding(
                hopeless ? Check.UNSATISFIABLE_ASK : Check.UNSATISFIABLE_ALTERNATIVE,
                "ask",
                (hopeless
                                ? "asks for approvals that cannot come together: "
                                : "has a way to approval that nobody can take: ")
                        + obstacles.get(0),
                "Ask fewer people, other groups, or relax the predicate."));
    }

    /** Why nobody can fill an alternative, if so. By Hall's theorem it is enough to look at each set of places. */
    private Optional<String> obstacle(Alternative alternative) {
        List<Requirement> requirements = alternative.allOf();
        Optional<String> impossible = requirements.stream()
                .filter(requirement -> neverHolds(requirement.when()))
                .map(requirement -> "its predicate on group '" + requirement.group() + "' never holds.")
                .findFirst();
        return impossible.isPresent() ? impossible : tooFew(requirements);
    }

    private Optional<String> tooFew(List<Requirement> requirements) {
        if (!people.areKnown()) {
            return Optional.empty();
        }
        if (requirements.size() > MOST_REQUIREMENTS) {
            return tooFewIn(requirements);
        }
        for (int chosen = 1; chosen < 1 << requirements.size(); chosen++) {
            List<Requirement> subset = new ArrayList<>();
            for (int at = 0; at < requirements.size(); at++) {
                if ((chosen & 1 << at) != 0) {
                    subset.add(requirements.get(at));
                }
            }
            Optional<String> missing = tooFewIn(subset);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private Optional<String> tooFewIn(List<Requirement> requirements) {
        Set<String> groups = new LinkedHashSet<>();
        requirements.forEach(requirement -> groups.add(requirement.group()));
        long needed = requirements.stream().mapToLong(Requirement::count).sum();
        long there = people.atMost(groups);
        return needed > there
                ? Optional.of("it needs " + needed + " distinct of " + String.join(", ", groups) + ", and there are "
                        + there + ".")
                : Optional.empty();
    }

    private static boolean neverHolds(@Nullable String predicate) {
        return predicate != null && !Possible.includes(Shape.of(predicate).possible(Assumption.NOTHING), Possible.TRUE);
    }

    private Optional<Finding> denial(RuleView view, ApprovalAsk ask) {
        long there = people.atMost(ask.groups());
        return people.areKnown() && ask.denyThreshold() > there
                ? Optional.of(view.finding(
                        Check.UNREACHABLE_DENIAL,
                        "ask.deny_threshold",
                        "ends only when " + ask.denyThreshold() + " deny, and there are " + there + " to be asked.",
                        "Lower 'deny_threshold': nobody could stop the request by a denial."))
                : Optional.empty();
    }

    private static Optional<Finding> silence(RuleView view, ApprovalAsk ask) {
        return ask.onSilence() == OnSilence.APPROVE && view.mayWrite()
                ? Optional.of(view.finding(
                        Check.SILENCE_APPROVES_WRITE,
                        "ask.on_silence",
                        "lets a write go on when nobody answers.",
                        "Let silence EXPIRE or DENY, and escalate before it does."))
                : Optional.empty();
    }

    private static void times(RuleView view, ApprovalAsk ask, List<Finding> findings) {
        Duration answer = ask.answerWithin();
        if (view.rule().window().compareTo(answer) > 0) {
            findings.add(view.finding(
                    Check.LONG_WINDOW,
                    "window",
                    "leaves its grant open for " + Durations.format(view.rule().window()) + ", longer than the "
                            + Durations.format(answer) + " that there are to answer.",
                    "Shorten the window to what the work takes: while it is open, the approval can be used."));
        }
        if (ask.remindAfter() != null && ask.remindAfter().compareTo(answer) >= 0) {
            findings.add(view.finding(
                    Check.LATE_REMINDER,
                    "ask.remind_after",
                    "reminds when the time to answer is over.",
                    "Remind before " + Durations.format(answer) + "."));
        }
        if (ask.escalation() != null && ask.escalation().after().compareTo(answer) >= 0) {
            findings.add(view.finding(
                    Check.LATE_ESCALATION,
                    "ask.escalation",
                    "escalates when the time to answer is over.",
                    "Escalate before " + Durations.format(answer) + "."));
        }
    }
}
