package io.quittance.streams.policy.lint;

import static io.quittance.streams.policy.lint.RuleFixture.approve;
import static io.quittance.streams.policy.lint.RuleFixture.ask;
import static io.quittance.streams.policy.lint.RuleFixture.deny;
import static io.quittance.streams.policy.lint.RuleFixture.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quittance.streams.domain.policy.Calendar;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyLintTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final RuleFixture OTHERWISE = deny("otherwise", "true");

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void finds(String what, List<RuleFixture> rules, List<String> expected) {
        assertThat(found(People.UNKNOWN, rules)).containsExactlyElementsOf(expected);
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                arguments("nothing in a plain policy", rules(approve("a", ACCESS), OTHERWISE), nothing()),
                // reached or not
                arguments(
                        "what comes after true",
                        rules(deny("all", "true"), approve("a", ACCESS)),
                        only("unreachable-rule of a")),
                arguments(
                        "the same condition, written otherwise",
                        rules(
                                deny("a", "requester.type=='STAFF'"),
                                deny("b", "( requester.type == \"STAFF\" )"),
                                OTHERWISE),
                        only("unreachable-rule of b")),
                arguments(
                        "a condition with one part more, whatever the parts mean",
                        rules(
                                deny("a", "inRole(\"intern\")"),
                                deny("b", "request.purpose == \"x\" && inRole(\"intern\")"),
                                OTHERWISE),
                        only("unreachable-rule of b")),
                arguments(
                        "a set of actions within another",
                        rules(
                                deny("a", "request.action in [\"ACCESS\", \"EXPORT\"]"),
                                approve("b", "request.action == \"EXPORT\" && inRole(\"analyst\")"),
                                OTHERWISE),
                        only("unreachable-rule of b")),
                arguments(
                        "what several rules together leave nothing",
                        rules(
                                deny("people", "requester.type in [\"SUBJECT\", \"AGENT\", \"STAFF\"]"),
                                deny("others", "!(requester.type in [\"SUBJECT\", \"AGENT\", \"STAFF\"])"),
                                approve("a", ACCESS)),
                        only("unreachable-rule of a")),
                arguments(
                        "levels of identity",
                        rules(deny("a", "verification.level < 2"), deny("b", "verification.level == 1"), OTHERWISE),
                        only("unreachable-rule of b")),
                arguments(
                        "a contradiction",
                        rules(deny("a", "request.action == \"ACCESS\" && request.action == \"EXPORT\""), OTHERWISE),
                        only("never-holds of a")),
                arguments(
                        "nothing where a rule before it only may decide",
                        rules(deny("a", "inRole(\"intern\")"), approve("b", ACCESS), OTHERWISE),
                        nothing()),
                arguments(
                        "nothing behind a rule for emergencies, which passes by who claims none",
                        rules(
                                approve("e", "requester.inRole(\"on-call\") && " + ACCESS)
                                        .with(new Review("dpo", HOUR)),
                                approve("b", "requester.inRole(\"on-call\") && " + ACCESS),
                                OTHERWISE),
                        nothing()),
                arguments(
                        "an emergency behind a rule that takes all",
                        rules(
                                approve("b", "requester.inRole(\"on-call\") && " + ACCESS),
                                approve("e", "requester.inRole(\"on-call\") && " + ACCESS)
                                        .with(new Review("dpo", HOUR)),
                                OTHERWISE),
                        only("unreachable-rule of e")),
                // writes
                arguments(
                        "a write that nobody looks at",
                        rules(approve("a", "request.action == \"DELETE\""), OTHERWISE),
                        only("unattended-write of a")),
                arguments(
                        "a write that hides behind no condition on the action",
                        rules(approve("a", "inRole(\"admin\")"), OTHERWISE),
                        only("unattended-write of a")),
                arguments(
                        "nothing where writes were decided before",
                        rules(
                                deny("w", "request.action in [\"DELETE\", \"ANONYMIZE\"]"),
                                approve("a", "inRole(\"admin\")"),
                                OTHERWISE),
                        nothing()),
                arguments(
                        "silence that erases",
                        rules(ask("a", DELETE, of("dpo", 1)).silence(OnSilence.APPROVE), OTHERWISE),
                        only("silence-approves-write of a")),
                arguments(
                        "nothing where silence lets read",
                        rules(ask("a", ACCESS, of("dpo", 1)).silence(OnSilence.APPROVE), OTHERWISE),
                        nothing()),
                arguments(
                        "approvals of a write that name no plan",
                        rules(ask("a", DELETE, of("dpo", 1)).withoutHash(), OTHERWISE),
                        only("unbound-write of a")),
                // times
                arguments(
                        "a window longer than the time to answer",
                        rules(
                                ask("a", DELETE, of("dpo", 1))
                                        .times(HOUR, null, null)
                                        .window(HOUR.plusMinutes(1)),
                                OTHERWISE),
                        only("long-window of a")),
                arguments(
                        "a reminder and an escalation that come too late",
                        rules(ask("a", DELETE, of("dpo", 1)).times(HOUR, HOUR, HOUR), OTHERWISE),
                        List.of("late-reminder of a", "late-escalation of a")),
                arguments(
                        "a waiting period of reads",
                        rules(approve("a", ACCESS).waiting(HOUR), OTHERWISE),
                        only("waiting-on-read of a")),
                arguments(
                        "a proof that is too old each time the wait ends",
                        rules(
                                ask("a", DELETE, of("dpo", 1))
                                        .with(new VerificationNeed(2, false, HOUR, HOUR))
                                        .waiting(HOUR),
                                OTHERWISE),
                        only("proof-ages-while-waiting of a")),
                arguments(
                        "nothing where the proof outlasts the wait",
                        rules(
                                ask("a", DELETE, of("dpo", 1))
                                        .with(new VerificationNeed(2, false, HOUR, HOUR.plusMinutes(1)))
                                        .waiting(HOUR),
                                OTHERWISE),
                        nothing()),
                // asks
                arguments(
                        "a predicate that nobody meets",
                        rules(ask("a", DELETE, of("dpo", 1, "false")), OTHERWISE),
                        only("unsatisfiable-ask of a")),
                arguments(
                        "one way of two that nobody can take",
                        rules(
                                ask("a", DELETE, of("dpo", 1))
                                        .or(of("legal", 1, "approver.kind == \"MACHINE\" && false")),
                                OTHERWISE),
                        only("unsatisfiable-alternative of a")),
                // the rest
                arguments(
                        "a rule without a sentence",
                        rules(approve("a", ACCESS).reason(" "), OTHERWISE),
                        only("no-reason of a")),
                arguments("no last word", rules(approve("a", ACCESS)), only("no-catch-all of the policy")),
                arguments(
                        "a program that has to prove who it is",
                        rules(
                                ask("a", "requester.type == \"SYSTEM\" && " + DELETE, of("dpo", 1))
                                        .with(new VerificationNeed(1, false, HOUR, null)),
                                OTHERWISE),
                        only("verification-of-system of a")),
                arguments(
                        "emergency access for anybody",
                        rules(approve("e", ACCESS).with(new Review("dpo", HOUR)), OTHERWISE),
                        only("emergency-for-anyone of e")),
                arguments(
                        "nothing in emergency access of a role",
                        rules(
                                approve("e", ACCESS + " && requester.inRole(\"on-call\")")
                                        .with(new Review("dpo", HOUR)),
                                approve("f", ACCESS + " && requester.inAnyRole([\"duty\", \"chief\"])")
                                        .with(new Review("dpo", HOUR)),
                                OTHERWISE),
                        nothing()),
                arguments(
                        "emergency access of a type, which is everybody of it",
                        rules(
                                approve("e", ACCESS + " && requester.type == \"STAFF\"")
                                        .with(new Review("dpo", HOUR)),
                                OTHERWISE),
                        only("emergency-for-anyone of e")),
                // what may not be there
                arguments(
                        "an address that may be absent",
                        rules(approve("a", ACCESS + " && inCidr(requester.ip, \"10.0.0.0/8\")"), OTHERWISE),
                        only("maybe-absent of a")),
                arguments(
                        "nothing where it is asked for after, as the order does not matter",
                        rules(deny("a", "requester.country == \"XX\" || !has(requester.country)"), OTHERWISE),
                        nothing()),
                arguments(
                        "a country that is asked for on one way only",
                        rules(deny("a", "has(requester.country) || requester.country != \"DE\""), OTHERWISE),
                        only("maybe-absent of a")),
                arguments(
                        "nothing where it is asked for before",
                        rules(
                                approve(
                                        "a",
                                        ACCESS
                                                + " && (has(requester.ip) ? inCidr(requester.ip, \"10.0.0.0/8\") : false)"),
                                OTHERWISE),
                        nothing()));
    }

    @Test
    void groupsThatAreTooSmallAreFoundByWhoIsInThem() {
        People people =
                new People(Map.of("dpo", Set.of("ann", "bob"), "legal", Set.of("bob", "cid")), Map.of("security", 1));

        assertThat(found(people, rules(ask("a", DELETE, of("dpo", 2), of("legal", 1)), OTHERWISE)))
                .isEmpty();
        assertThat(found(people, rules(ask("a", DELETE, of("dpo", 2), of("legal", 2)), OTHERWISE)))
                .containsExactly("unsatisfiable-ask of a");
        assertThat(found(people, rules(ask("a", DELETE, of("security", 2)), OTHERWISE)))
                .containsExactly("unsatisfiable-ask of a");
        assertThat(found(people, rules(ask("a", DELETE, of("nobody", 1)), OTHERWISE)))
                .containsExactly("unsatisfiable-ask of a", "unreachable-denial of a");
        assertThat(found(people, rules(ask("a", DELETE, of("dpo", 1)).denyThreshold(3), OTHERWISE)))
                .containsExactly("unreachable-denial of a");
    }

    @Test
    void aCalendarThatNoConditionNamesIsFound() {
        Policy policy = new Policy(
                "p",
                1,
                rules(deny("a", "isClosed(\"releases\", now)"), OTHERWISE).stream()
                        .map(RuleFixture::make)
                        .toList(),
                List.of(calendar("releases"), calendar("office")));

        assertThat(new PolicyLint(People.UNKNOWN).of(policy))
                .extracting(Finding::message)
                .containsExactly("No condition asks about the calendar 'office'.");
    }

    @Test
    void everyFindingSaysHowToMendItInSentences() {
        policies()
                .flatMap(row -> new PolicyLint(People.UNKNOWN).of(policy(castRules(row.get()[1]))).stream())
                .forEach(finding -> assertThat(List.of(finding.message(), finding.remedy()))
                        .as(finding.check().id())
                        .allMatch(sentence -> sentence.endsWith(".")));
    }

    private static final String ACCESS = "request.action == \"ACCESS\"";
    private static final String DELETE = "request.action == \"DELETE\"";

    @SuppressWarnings("unchecked")
    private static List<RuleFixture> castRules(Object rules) {
        return (List<RuleFixture>) rules;
    }

    private static List<String> found(People people, List<RuleFixture> rules) {
        return new PolicyLint(people)
                .of(policy(rules)).stream()
                        .map(finding -> finding.check().id() + " of "
                                + (finding.place().rule() < 0
                                        ? "the policy"
                                        : rules.get(finding.place().rule()).id()))
                        .toList();
    }

    private static Policy policy(List<RuleFixture> rules) {
        return new Policy("p", 1, rules.stream().map(RuleFixture::make).toList());
    }

    private static Calendar calendar(String name) {
        return new Calendar(
                name,
                ZoneOffset.UTC,
                Set.of(DayOfWeek.MONDAY),
                Duration.ZERO,
                Duration.ofHours(24),
                new TreeSet<>(),
                List.of());
    }

    private static List<RuleFixture> rules(RuleFixture... rules) {
        return Arrays.asList(rules);
    }

    private static List<String> only(String finding) {
        return List.of(finding);
    }

    private static List<String> nothing() {
        return List.of();
    }
}
