package io.quittance.streams.policy;

import static io.quittance.streams.policy.Given.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelPoliciesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Requester ROSA = new Requester(
            RequesterType.SUBJECT, "subject-1", List.of("customer", "größe-📦"), "203.0.113.9", "DE", null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "request.action == 'DELETE' && request.regime == 'GDPR' && request.channel == 'DASHBOARD'",
                "request.purpose.startsWith('I want') && request.purpose.matches('.*away$')",
                "request.systems.within(['shop']) && request.categories == []",
                "now - request.submitted_at == duration('1h') && now > timestamp('2026-01-01T00:00:00Z')",
                "now.getFullYear() == 2026 && now.getHours('Europe/Berlin') == 11",
                "now.getHours('+02:00') == 12 && now.getHours('02:00') == 12 && now.getMinutes('UTC') == 0",
                "now.getHours('-9:30') == 0 && now.getMinutes('-9:30') == 30 && now.getHours('9:30') == 19",
                "requester.type == 'SUBJECT' && requester.id == subject.id && requester.ip.startsWith('203.')",
                "'customer' in requester.roles && requester.country in ['DE', 'FR']",
                "requester.roles.exists(role, role == 'größe-📦') && !requester.roles.all(r, r == 'customer')",
                "sets.intersects(requester.roles, ['customer', 'staff'])",
                "!has(requester.device) && has(requester.country)",
                "verification.level >= 2 && verification.proven && verification.intent && !verification.refused",
                "verification.methods == ['passkey', 'email-link']",
                "subject.open_requests == 3 && subject.open_requests < 4",
                "requester.country.lowerAscii() == 'de'",
                "request.action != 'EXPORT' || 1 / 0 > 1"
            })
    void holds(String condition) {
        assertThat(CelPolicies.check(condition)).isEmpty();
        assertThat(judge(condition).outcome()).isEqualTo("approve");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requester.rols == ['x']                  | 10 | undefined field 'rols'",
                "request.action == 'DELETE' && staff.ok   | 31 | undeclared reference to 'staff'",
                "verification.level == '2'                | 20 | no matching overload",
                "subject.open_requests + 1                | 23 | expected type 'bool' but found 'int'",
                "request.action = 'DELETE'                | 16 | token recognition error",
                "request.action == 'DELET'                | 19 | 'DELET' is never the value of action",
                "request.channel in ['DASHBOARD', 'MAIL'] | 34 | 'MAIL' is never the value of channel",
                "'STAF' != requester.type                 | 1  | 'STAF' is never the value of type",
                "request.purpose.matches('(')             | 25 | Regex validation failed",
                "now > timestamp('tomorrow')              | 17 | timestamp validation failed",
                "now - request.submitted_at > duration('1 day') | 39 | duration validation failed",
                "request.purpose.replace('', request.purpose) == '' | 24 | undeclared reference to 'replace'"
            })
    void refusesWithTheColumn(String condition, int column, String message) {
        assertThat(CelPolicies.check(condition)).isNotEmpty().first().satisfies(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.column()).isEqualTo(column);
        });
    }

    /** Gone with an upgrade, it would leave an instance without a policy, which denies everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'shop' in request.systems",
                "request.systems.exists(s, s == 'shop') && size(request.categories) == 0",
                "request.action == 'DELETE' || now.getHours('Mars') == 1"
            })
    void whatAnEarlierVersionLetThroughStaysInForceAndIsNotPublishedAgain(String condition) {
        assertThat(judge(condition).outcome()).isEqualTo("approve");
        assertThat(CelPolicies.check(condition)).isNotEmpty();
        assertThat(CelPolicies.compile(policy(rule("only", condition, RuleOutcome.APPROVE))))
                .isInstanceOfSatisfying(
                        Compilation.Compiled.class,
                        compiled -> assertThat(compiled.unpublishable())
                                .isNotEmpty()
                                .allMatch(problem -> problem.ruleId().equals("only")));
    }

    @Test
    void namesRuleAndLineOfEveryProblem() {
        Policy policy = policy(
                rule("sound", "true", RuleOutcome.DENY),
                rule("misspelt", "request.action == 'DELETE'\n  && requester.rols == []", RuleOutcome.DENY),
                rule("number", "1", RuleOutcome.DENY));

        assertThat(CelPolicies.compile(policy))
                .isInstanceOfSatisfying(
                        Compilation.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.ruleId() + " " + problem.line())
                                .containsExactly("misspelt 2", "number 1"));
    }

    @Test
    void refusesAPredicateWhereverItStands() {
        Requirement sound = new Requirement("dpo", 1, false, "'dpo' in approver.groups");
        Requirement first = new Requirement("dpo", 1, false, "approver.group == 'x'");
        Requirement later = new Requirement("cio", 1, false, "verification.proven");
        Rule rule = RuleBuilder.rule("asks", "true", RuleOutcome.ASK)
                .anyOf(new Alternative(List.of(sound, first)))
                .escalate(Duration.ofDays(1), Escalation.Mode.REPLACE, new Alternative(List.of(later)))
                .build();

        assertThat(CelPolicies.compile(policy(rule)))
                .isInstanceOfSatisfying(
                        Compilation.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.ruleId() + " " + problem.column())
                                .containsExactly("asks 9", "asks 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requester.device == 'managed'",
                "requester.roles[7] == 'x'",
                "subject.open_requests / 0 == 1",
                "int(requester.id) > 0",
                "subject.open_requests * 9223372036854775807 > 0",
                "timestamp(requester.id) < now",
                // which is not published any more
                "now.getHours('Mars') >= 0"
            })
    void deniesWhatCannotBeEvaluatedWithoutShowingValues(String condition) {
        Judgement judgement =
                judge(rule("broken", condition, RuleOutcome.APPROVE), rule("generous", "true", RuleOutcome.APPROVE));

        assertThat(judgement.denies()).isTrue();
        assertThat(judgement.outcome()).isEqualTo("deny");
        assertThat(judgement.rule()).isNotNull().extracting(Rule::id).isEqualTo("broken");
        assertThat(judgement.reason())
                .startsWith("Rule broken could not be evaluated (")
                .doesNotContain("subject-1");
    }

    @Test
    void deniesALoopWithTooManyTurns() {
        List<String> roles =
                IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
        Requester many = new Requester(RequesterType.STAFF, "agent-7", roles, null, null, null);

        Judgement judgement = compiled(
                        policy(rule("loop", "requester.roles.exists(r, r == 'none')", RuleOutcome.APPROVE)))
                .judge(facts(many));

        assertThat(judgement.denies()).isTrue();
        assertThat(judgement.reason()).contains("iteration");
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, 50_000})
    void refusesAConditionThatIsTooLong(int length) {
        assertThat(CelPolicies.check("'" + "x".repeat(length) + "' == ''")).isNotEmpty();
    }

    @Test
    void refusesAConditionThatIsTooDeep() {
        assertThat(CelPolicies.check("(".repeat(200) + "true" + ")".repeat(200)))
                .isNotEmpty();
        assertThat(CelPolicies.check("1" + " + 1".repeat(480) + " == 481")).isNotEmpty();
    }

    @Test
    void evaluatesTheLargestConditionItTakes() {
        String alternatives = "request.regime == 'CCPA' || ".repeat(140) + "true";

        assertThat(judge(alternatives).outcome()).isEqualTo("approve");
    }

    @Test
    void regularExpressionsTakeLinearTime() {
        Requester endless =
                new Requester(RequesterType.STAFF, "agent-7", List.of(), null, "a".repeat(100_000) + "!", null);
        Policies policies =
                compiled(policy(rule("greedy", "requester.country.matches('^(a+)+$')", RuleOutcome.APPROVE)));

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> policies.judge(facts(endless)));
    }

    @Test
    void theFirstRuleThatHoldsDecides() {
        Judgement judgement = judge(
                rule("exports", "request.action == 'EXPORT'", RuleOutcome.DENY),
                rule("deletes", "request.action == 'DELETE'", RuleOutcome.APPROVE),
                rule("all", "true", RuleOutcome.DENY));

        assertThat(judgement.rule()).isNotNull().extracting(Rule::id).isEqualTo("deletes");
        assertThat(judgement.policy()).isEqualTo("default");
        assertThat(judgement.policyVersion()).isEqualTo(7);
        assertThat(judgement.reason()).isEqualTo("reason of deletes");
    }

    @Test
    void deniesWhereNoRuleHolds() {
        Judgement judgement = judge(rule("exports", "request.action == 'EXPORT'", RuleOutcome.APPROVE));

        assertThat(judgement.outcome()).isEqualTo("no-match");
        assertThat(judgement.lookedAt()).containsExactly(Map.entry("request.action", "DELETE"));
    }

    @Test
    void showsWhatTheRulesUpToTheDecidingOneLookedAt() {
        Judgement judgement = judge(
                rule("first", "requester.country == 'FR' || has(requester.device)", RuleOutcome.DENY),
                rule(
                        "second",
                        "verification.level >= 2 && requester.roles.exists(r, r == 'customer')"
                                + " && now > request.submitted_at",
                        RuleOutcome.APPROVE),
                rule("third", "request.purpose == ''", RuleOutcome.DENY));

        assertThat(judgement.lookedAt())
                .containsExactly(
                        Map.entry("now", "2026-11-21T10:00:00Z"),
                        Map.entry("request.submitted_at", "2026-11-21T09:00:00Z"),
                        Map.entry("requester.country", "DE"),
                        Map.entry("requester.device", "(absent)"),
                        Map.entry("requester.roles", "[customer, größe-📦]"),
                        Map.entry("verification.level", "2"));
    }

    @Test
    void showsNoPersonalValue() {
        Judgement judgement = judge("requester.ip != '' && requester.id == subject.id");

        assertThat(judgement.lookedAt())
                .containsExactly(
                        Map.entry("requester.id", "(personal)"),
                        Map.entry("requester.ip", "(personal)"),
                        Map.entry("subject.id", "(personal)"));
    }

    @Test
    void cutsLongValuesBetweenCharacters() {
        Requester wordy = new Requester(RequesterType.STAFF, "agent-7", List.of(), null, "📦".repeat(500), null);

        Judgement judgement = compiled(policy(rule("any", "requester.country != ''", RuleOutcome.APPROVE)))
                .judge(facts(wordy));

        assertThat(judgement.lookedAt()).containsEntry("requester.country", "📦".repeat(200) + "…");
    }

    @Test
    void judgesTheSameFromManyThreads() {
        Policies policies = compiled(policy(rule(
                "levels",
                "verification.level >= 2 && requester.roles.exists(r, r == 'customer')",
                RuleOutcome.APPROVE)));

        assertThat(IntStream.range(0, 5_000)
                        .parallel()
                        .mapToObj(i -> policies.judge(facts(ROSA)))
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    private static Judgement judge(String condition) {
        return judge(rule("only", condition, RuleOutcome.APPROVE));
    }

    private static Judgement judge(Rule... rules) {
        return compiled(policy(rules)).judge(facts(ROSA));
    }

    private static Policies compiled(Policy policy) {
        Compilation compilation = CelPolicies.compile(policy);
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.policies();
        }
        throw new AssertionError("refused: " + compilation);
    }

    private static Policy policy(Rule... rules) {
        return new Policy("default", 7, List.of(rules));
    }

    private static Facts facts(Requester requester) {
        Submission request = new Submission(
                "request-1",
                "subject-1",
                Action.DELETE,
                "GDPR",
                requester,
                "I want it\u00a0all away",
                Channel.DASHBOARD,
                new Scope(List.of("shop"), List.of()),
                new Identifiers(Map.of("customer_id", "1"), null),
                NOW.minus(Duration.ofHours(1)));
        return new Facts(
                request,
                List.of(
                        verified(Verification.Kind.IDENTITY, true, 1, "passkey"),
                        verified(Verification.Kind.IDENTITY, true, 2, "passkey"),
                        verified(Verification.Kind.INTENT, true, 0, "email-link")),
                3,
                NOW);
    }

    private static Verification verified(Verification.Kind kind, boolean proven, int level, String method) {
        return new Verification("v-" + method + level, kind, proven, level, method, "idp", NOW);
    }
}
