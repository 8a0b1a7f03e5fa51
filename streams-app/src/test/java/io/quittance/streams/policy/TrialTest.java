package io.quittance.streams.policy;

import static io.quittance.streams.policy.Given.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrialTest {

    @Test
    void aTrialTellsWhatBecameOfEveryRule() {
        Trial trial = new Given()
                .tryOn(
                        rule("exports", "request.action == 'EXPORT' && requester.device == 'x'", RuleOutcome.DENY),
                        rule("german", "requester.country == 'DE'", RuleOutcome.APPROVE),
                        rule("all", "true", RuleOutcome.DENY));

        assertThat(trial.judgement().outcome()).isEqualTo("approve");
        assertThat(trial.rules())
                .extracting(tried -> tried.rule().id(), Trial.OfRule::result)
                .containsExactly(
                        tuple("exports", Trial.Result.DOES_NOT_HOLD),
                        tuple("german", Trial.Result.HOLDS),
                        tuple("all", Trial.Result.NOT_TRIED));
        assertThat(trial.rules().get(0).lookedAt())
                .containsExactly(entry("request.action", "DELETE"), entry("requester.device", "(absent)"));
        assertThat(trial.rules().get(2).lookedAt()).isEmpty();
    }

    @Test
    void aRuleThatCannotBeEvaluatedIsTheLastOne() {
        Trial trial = new Given()
                .tryOn(
                        rule("broken", "requester.device == 'x'", RuleOutcome.APPROVE),
                        rule("all", "true", RuleOutcome.APPROVE));

        assertThat(trial.judgement().denies()).isTrue();
        assertThat(trial.rules())
                .extracting(Trial.OfRule::result)
                .containsExactly(Trial.Result.FAILS, Trial.Result.NOT_TRIED);
        assertThat(trial.rules().get(0).error()).isEqualTo("attribute not found");
    }

    @Test
    void aRuleForEmergenciesHoldsOfNothingElse() {
        Rule[] rules = {
            Given.emergencyRule("emergency", "requester.device == 'x' || true"), rule("all", "true", RuleOutcome.DENY)
        };

        Trial ordinary = new Given().tryOn(rules);
        Trial emergency = new Given().emergency().tryOn(rules);

        assertThat(ordinary.judgement().outcome()).isEqualTo("deny");
        assertThat(ordinary.rules().get(0).result()).isEqualTo(Trial.Result.DOES_NOT_HOLD);
        assertThat(ordinary.judgement().lookedAt()).containsEntry("request.break_glass", "false");
        assertThat(emergency.judgement().outcome()).isEqualTo("approve");
        assertThat(emergency.judgement().lookedAt()).containsEntry("request.break_glass", "true");
        assertThat(emergency.judgement().toString()).doesNotContain("danger");
    }

    /** What is passed over because of the action could not have held, nor failed. */
    @ParameterizedTest
    @EnumSource(Action.class)
    void passingRulesOverChangesNoJudgement(Action action) {
        String broken = "requester.device == 'x'";
        List<Rule> rules = List.of(
                rule("1", "request.action == 'EXPORT' && " + broken, RuleOutcome.APPROVE),
                rule("2", broken + " && 'ACCESS' == request.action", RuleOutcome.APPROVE),
                rule(
                        "3",
                        "(request.action in ['DELETE'] && request.action == 'EXPORT') && " + broken,
                        RuleOutcome.DENY),
                rule("4", "request.action in ['ANONYMIZE', 'DELETE'] && 1 < 2", RuleOutcome.ASK),
                rule("5", "request.action != 'UNKNOWN' || " + broken, RuleOutcome.DENY));

        Given given = new Given().action(action);
        Trial trial = given.tryOn(rules.toArray(Rule[]::new));
        Judgement judgement = given.judge(rules.toArray(Rule[]::new));

        assertThat(judgement).isEqualTo(trial.judgement());
        assertThat(trial.rules().stream()
                        .filter(Trial.OfRule::decides)
                        .map(tried -> tried.rule().id())
                        .findFirst())
                .hasValue(judgement.rule() == null ? "none" : judgement.rule().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "request.action == 'DELETE'                                  | DELETE",
                "'DELETE' == request.action                                  | DELETE",
                "request.action in ['DELETE', 'ANONYMIZE']                   | DELETE ANONYMIZE",
                "request.action in []                                        | \"\"",
                "request.action == 'DELETE' && request.action == 'EXPORT'    | \"\"",
                "requester.country == 'DE' && (request.action == 'DELETE' && true) | DELETE",
                "request.action in ['DELETE', requester.country]             | all",
                "request.action == requester.country                         | all",
                "request.action != 'DELETE'                                  | all",
                "!(request.action == 'DELETE')                               | all",
                "\"request.action == 'DELETE' || true\"                        | all",
                "request.action == 'DELETE' ? true : true                    | all",
                "requester.roles.exists(r, request.action == 'DELETE')       | all",
                "request.purpose == 'DELETE'                                 | all",
            })
    void onlyAPlainComparisonTellsWhichActionsAreMeant(String condition, String actions) {
        List<Action> expected = actions.equals("all")
                ? List.of(Action.values())
                : Arrays.stream(actions.split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(Action::valueOf)
                        .toList();

        assertThat(Conditions.ofRules(List.of()).compile(condition).actions())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
