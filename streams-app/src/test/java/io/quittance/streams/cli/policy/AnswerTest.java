package io.quittance.streams.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Transformation;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final Requirement REQUIREMENT = new Requirement("legal", 1, false, "approver.kind == 'HUMAN'");
    private static final Escalation ESCALATION = new Escalation(HOUR, Escalation.Mode.ADD, ways(REQUIREMENT));
    private static final ApprovalAsk ASK = new ApprovalAsk(
            ways(REQUIREMENT), 1, DAY, Duration.ofMinutes(30), ESCALATION, OnSilence.EXPIRE, false, true, false);
    private static final VerificationNeed NEED = new VerificationNeed(2, true, DAY, HOUR);
    private static final Review REVIEW = new Review("dpo", DAY);
    private static final Rule RULE = new Rule(
            "rule",
            "true",
            RuleOutcome.ASK,
            ASK,
            NEED,
            HOUR,
            List.of(),
            OnGrantEnd.EXPIRE,
            Duration.ZERO,
            REVIEW,
            "A sentence.");

    /** What may be reworded without an answer to anybody being another. */
    private static final Set<String> TEXTS = Set.of("Rule.when", "Rule.reason");

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whateverARuleSaysIsPartOfTheAnswer(String component, Rule changed) {
        var request = RecordedRequest.parse("{\"request_id\":\"r\",\"action\":\"DELETE\",\"regime\":\"GDPR\","
                + "\"submitted_at\":\"2026-01-01T00:00:00Z\",\"requester\":{\"type\":\"STAFF\"}}");

        var simulation = new Simulation(answering(RULE), answering(changed), 1);
        simulation.add(request);

        assertThat(simulation.changed()).isEqualTo(1);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                        each(
                                RULE,
                                Map.of(
                                        "id",
                                        "other",
                                        "outcome",
                                        RuleOutcome.DENY,
                                        "ask",
                                        with(ASK, "denyThreshold", 2),
                                        "verification",
                                        VerificationNeed.NONE,
                                        "window",
                                        DAY,
                                        "minimize",
                                        List.of(new Minimization("contact", Transformation.MASK)),
                                        "onGrantEnd",
                                        OnGrantEnd.ASK_AGAIN,
                                        "waiting",
                                        DAY,
                                        "review",
                                        new Review("legal", DAY)),
                                rule -> rule),
                        each(
                                ASK,
                                Map.of(
                                        "anyOf",
                                        ways(REQUIREMENT, REQUIREMENT),
                                        "denyThreshold",
                                        2,
                                        "answerWithin",
                                        HOUR,
                                        "remindAfter",
                                        HOUR,
                                        "escalation",
                                        new Escalation(DAY, Escalation.Mode.ADD, ESCALATION.anyOf()),
                                        "onSilence",
                                        OnSilence.DENY,
                                        "reasonRequired",
                                        true,
                                        "hashRequired",
                                        false,
                                        "signatureRequired",
                                        true),
                                ask -> with(RULE, "ask", ask)),
                        requirements("", one -> with(RULE, "ask", with(ASK, "anyOf", ways(one)))),
                        each(
                                ESCALATION,
                                Map.of(
                                        "after",
                                        DAY,
                                        "mode",
                                        Escalation.Mode.REPLACE,
                                        "anyOf",
                                        ways(REQUIREMENT, REQUIREMENT)),
                                AnswerTest::escalating),
                        requirements("escalated ", one -> escalating(with(ESCALATION, "anyOf", ways(one)))),
                        each(
                                NEED,
                                Map.of("identityLevel", 3, "intent", false, "within", HOUR, "maxAge", DAY),
                                need -> with(RULE, "verification", need)),
                        each(REVIEW, Map.of("group", "legal", "within", HOUR), review -> with(RULE, "review", review)))
                .flatMap(stream -> stream);
    }

    private static Stream<Arguments> requirements(String where, Function<Requirement, Rule> around) {
        return each(where, REQUIREMENT, Map.of("group", "dpo", "count", 2, "machine", true, "when", "true"), around);
    }

    private static Rule escalating(Escalation escalation) {
        return with(RULE, "ask", with(ASK, "escalation", escalation));
    }

    private static <R extends Record> Stream<Arguments> each(
            R original, Map<String, Object> others, Function<R, Rule> around) {
        return each("", original, others, around);
    }

    /** The rule with each component changed by itself. A component that is new has to be added above. */
    private static <R extends Record> Stream<Arguments> each(
            String where, R original, Map<String, Object> others, Function<R, Rule> around) {
        String type = original.getClass().getSimpleName();
        Set<String> left = new HashSet<>();
        Arrays.stream(original.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !TEXTS.contains(type + "." + name))
                .forEach(left::add);
        assertThat(others.keySet()).isEqualTo(left);
        return others.entrySet().stream()
                .map(other -> arguments(
                        where + type + "." + other.getKey(),
                        around.apply(with(original, other.getKey(), other.getValue()))));
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R with(R original, String component, Object other) {
        RecordComponent[] components = original.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[components.length];
            for (int at = 0; at < components.length; at++) {
                values[at] = components[at].getName().equals(component)
                        ? other
                        : components[at].getAccessor().invoke(original);
            }
            return (R) original.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Alternative> ways(Requirement... allOf) {
        return List.of(new Alternative(List.of(allOf)));
    }

    private static Policies answering(Rule rule) {
        return facts -> new Judgement("p", 1, rule, rule.reason(), new TreeMap<>());
    }
}
