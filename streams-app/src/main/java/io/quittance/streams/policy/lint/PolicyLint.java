package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.policy.lint.Finding.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a policy that compiles for what is legal and still cannot be meant. A pure function of the policy. */
public final class PolicyLint {

    private final AskChecks asks;

    /** @param people who there is to be asked, as far as it is known */
    public PolicyLint(People people) {
        this.asks = new AskChecks(people);
    }

    /** What was found, in the order of the rules; what is about the policy as a whole comes last. */
    public List<Finding> of(Policy policy) {
        Reachability reachability = Reachability.of(policy.rules());
        List<Finding> findings = new ArrayList<>();
        for (RuleView view : reachability.views()) {
            reachability.findings().stream()
                    .filter(finding -> finding.place().rule() == view.index())
                    .forEach(findings::add);
            findings.addAll(RuleChecks.of(view));
            findings.addAll(asks.of(view));
        }
        if (!reachability.coversAll()) {
            findings.add(new Finding(
                    Check.NO_CATCH_ALL,
                    Place.ofPolicy("rules"),
                    "What no rule matches is denied without an explanation of yours.",
                    "End with a rule '{id: otherwise, when: \"true\", outcome: DENY, reason: ...}'."));
        }
        findings.addAll(unusedCalendars(policy));
        return List.copyOf(findings);
    }

    private static List<Finding> unusedCalendars(Policy policy) {
        Set<String> used = new HashSet<>();
        policy.rules().stream()
                .flatMap(PolicyLint::conditions)
                .forEach(condition -> used.addAll(Shape.of(condition).calendars()));
        return policy.calendars().stream()
                .filter(calendar -> !used.contains(calendar.name()))
                .map(calendar -> new Finding(
                        Check.UNUSED_CALENDAR,
                        Place.ofPolicy("calendars"),
                        "No condition asks about the calendar '" + calendar.name() + "'.",
                        "Use it, as in isBusinessTime(\"" + calendar.name() + "\", now), or remove it."))
                .toList();
    }

    private static Stream<String> conditions(Rule rule) {
        if (rule.ask() == null) {
            return Stream.of(rule.when());
        }
        Stream<Alternative> ways = rule.ask().escalation() == null
                ? rule.ask().anyOf().stream()
                : Stream.concat(rule.ask().anyOf().stream(), rule.ask().escalation().anyOf().stream());
        return Stream.concat(
                Stream.of(rule.when()),
                ways.flatMap(way -> way.allOf().stream()).map(Requirement::when).filter(Objects::nonNull));
    }
}
