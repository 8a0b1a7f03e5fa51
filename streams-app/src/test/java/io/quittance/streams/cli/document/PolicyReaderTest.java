package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.schema.Ask;
import io.quittance.schema.Minimization;
import io.quittance.schema.OnGrantEnd;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Transformation;
import io.quittance.schema.VerificationNeed;
import io.quittance.streams.cli.document.ConditionChecker.ConditionProblem;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final ConditionChecker ANY_CONDITION = cel -> List.of();

    @Test
    void everyKeyOfAPolicyIsRead() throws IOException {
        PolicyDocument policy = new PolicyReader(ANY_CONDITION)
                .read(SourceFile.read(Path.of("src/test/resources/documents/policy.yaml")));

        assertThat(policy.getName()).isEqualTo("default");
        assertThat(policy.getDescription()).startsWith("What a shop asks");
        assertThat(policy.getRules())
                .extracting(Rule::getId)
                .containsExactly("own-copy", "erase", "not-from-unmanaged-devices");
        Rule erase = policy.getRules().get(1);
        assertThat(erase.getWhen())
                .isEqualTo("request.action == \"DELETE\" &&\n  requester.type in [\"SUBJECT\", \"AGENT\"]\n");
        assertThat(erase.getOutcome()).isEqualTo(RuleOutcome.ASK);
        assertThat(erase.getAsk())
                .isEqualTo(Ask.newBuilder()
                        .setGroup("privacy-officers")
                        .setCount(2)
                        .setAnswerWithinMs(Duration.ofHours(72).toMillis())
                        .setReasonRequired(true)
                        .build());
        assertThat(erase.getVerification())
                .isEqualTo(new VerificationNeed(2, true, Duration.ofDays(7).toMillis(), null));
        assertThat(erase.getWindowMs()).isEqualTo(Duration.ofMinutes(30).toMillis());
        assertThat(erase.getOnGrantEnd()).isEqualTo(OnGrantEnd.ASK_AGAIN);
        assertThat(policy.getRules().get(0).getMinimize())
                .containsExactly(new Minimization("financial", Transformation.MASK));
    }

    @Test
    void whatIsLeftOutIsTheSchemasDefault() {
        Rule rule = read("name: p\nrules:\n- {id: a, when: 'true', outcome: ASK, ask: {group: g}}")
                .getRules()
                .get(0);

        assertThat(rule)
                .isEqualTo(Rule.newBuilder()
                        .setId("a")
                        .setWhen("true")
                        .setOutcome(RuleOutcome.ASK)
                        .setAsk(Ask.newBuilder().setGroup("g").build())
                        .build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rules: []                                                       | p.yaml:1:1: 'name' is missing.
            name: p                                                         | p.yaml:1:1: 'rules' is missing.
            name: p; rules: []                                              | p.yaml:2:1: 'rules' must not be empty.
            name: p q; rules: [{id: a, when: x, outcome: DENY}]             | p.yaml:1:7: 'name' may have
            name: p; rule: []; rules: [{id: a, when: x, outcome: DENY}]     | p.yaml:2:1: Unknown key 'rule'; known here: name, description, rules.
            name: p; name: q                                                | p.yaml:2:1: 'name' is here twice.
            name: p; rules: {}                                              | p.yaml:2:8: 'rules' must be a list
            name: p; rules: [a]                                             | p.yaml:2:9: Expected keys and values
            name: p; rules: [{when: x, outcome: DENY}]                      | p.yaml:2:9: 'id' is missing.
            name: p; rules: [{id: a, outcome: DENY}]                        | p.yaml:2:9: 'when' is missing.
            name: p; rules: [{id: a, when: '', outcome: DENY}]              | p.yaml:2:23: 'when' must be a text that is not empty.
            name: p; rules: [{id: a, when: x}]                              | p.yaml:2:9: 'outcome' is missing.
            name: p; rules: [{id: a, when: x, outcome: UNKNOWN}]            | p.yaml:2:35: 'outcome' must be one of APPROVE, DENY, ASK.
            name: p; rules: [{id: a, when: x, outcome: ASK}]                | p.yaml:2:9: A rule whose outcome is ASK needs 'ask'
            name: p; rules: [{id: a, when: x, outcome: DENY, ask: {group: g}}] | p.yaml:2:41: 'ask' is for rules whose outcome is ASK.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {}}]       | p.yaml:2:45: 'group' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, count: 0}}]   | p.yaml:2:63: 'count' must be a whole number from 1 to 100.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, count: 99999999999}}] | p.yaml:2:63: 'count' must be
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, hash_required: maybe}}] | p.yaml:2:71: 'hash_required' must be true or false.
            name: p; rules: [{id: a, when: x, outcome: DENY, window: 0m}]   | p.yaml:2:49: 'window' must be a time greater than nothing
            name: p; rules: [{id: a, when: x, outcome: DENY, window: -PT1M}] | p.yaml:2:49: 'window' must be a time
            name: p; rules: [{id: a, when: x, outcome: DENY, window: soon}] | p.yaml:2:49: 'window' must be a time
            name: p; rules: [{id: a, when: x, outcome: DENY, window: 31d}]  | p.yaml:2:49: 'window' must not be longer than 30d.
            name: p; rules: [{id: a, when: x, outcome: DENY, minimize: {contact: HIDE}}]  | p.yaml:2:61: 'contact' must be one of KEEP, REDACT, MASK, PSEUDONYMIZE, GENERALIZE.
            name: p; rules: [{id: a, when: x, outcome: DENY, verification: {identity_level: 4}}] | p.yaml:2:72: 'identity_level' must be
            name: p; rules: [{id: a, when: x, outcome: DENY}, {id: a, when: x, outcome: DENY}] | p.yaml:2:47: The rule 'a' is here twice
            name: p; rules: [                                               | p.yaml:2:9: This is not YAML
            name: p; rules: [{id: a, when: x, outcome: DENY}]; ---; name: q | p.yaml:4:1: A file holds one policy
            """)
    void aMistakeIsToldWithItsPosition(String yaml, String expected) {
        InvalidDocumentException invalid =
                catchThrowableOfType(InvalidDocumentException.class, () -> read(yaml.replace("; ", "\n")));

        assertThat(invalid).isNotNull();
        assertThat(invalid.problems())
                .extracting(Problem::toString)
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @Test
    void anEmptyFileIsAMistakeToo() {
        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, () -> read(""));

        assertThat(invalid).hasMessage("p.yaml:1:1: There is no document in this file.");
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        InvalidDocumentException invalid = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> read("name: p\nrules:\n- {id: a, when: x, outcome: NO}\n- {id: b, outcome: DENY, window: 0s}"));

        assertThat(invalid.problems())
                .extracting(problem -> problem.at().line() + ":" + problem.at().column())
                .containsExactly("3:29", "4:3", "4:34");
    }

    @ParameterizedTest
    @CsvSource({
        // plain, quoted, literal block, and a folded block, where only the beginning is known
        "'when: a ? b', 4:13",
        "'when: \"a ? b\"', 4:14",
        "'when: |\n      a\n      b ? c', 6:9",
        "'when: >\n      a\n      b ? c', 4:11"
    })
    void aMistakeInAConditionIsToldWhereItStandsInTheFile(String when, String position) {
        ConditionChecker checker = cel -> {
            List<String> lines = cel.lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                int at = lines.get(line).indexOf('?');
                if (at >= 0) {
                    return List.of(new ConditionProblem(line + 1, at + 1, "Syntax error: '?'"));
                }
            }
            return List.of();
        };
        String yaml = "name: p\nrules:\n  - id: a\n    " + when + "\n    outcome: DENY\n";

        InvalidDocumentException invalid = catchThrowableOfType(
                InvalidDocumentException.class, () -> new PolicyReader(checker).read(new SourceFile("p.yaml", yaml)));

        assertThat(invalid).hasMessage("p.yaml:" + position + ": Syntax error: '?'");
    }

    private static PolicyDocument read(String yaml) {
        return new PolicyReader(ANY_CONDITION).read(new SourceFile("p.yaml", yaml));
    }
}
