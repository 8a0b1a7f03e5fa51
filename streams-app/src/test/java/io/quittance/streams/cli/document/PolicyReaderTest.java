package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.schema.Alternative;
import io.quittance.schema.Ask;
import io.quittance.schema.Calendar;
import io.quittance.schema.Escalation;
import io.quittance.schema.EscalationMode;
import io.quittance.schema.Minimization;
import io.quittance.schema.OnGrantEnd;
import io.quittance.schema.OnSilence;
import io.quittance.schema.Period;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Requirement;
import io.quittance.schema.Review;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Transformation;
import io.quittance.schema.VerificationNeed;
import io.quittance.streams.cli.document.ConditionChecker.ConditionProblem;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.policy.Compilation;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final Path FULL = Path.of("src/test/resources/documents/full-policy.yaml");
    private static final ConditionChecker ANY_CONDITION = (cel, use) -> List.of();

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
    void whomARuleAsksIsReadInEveryForm() throws IOException {
        PolicyDocument policy = full();

        Ask twoWays = policy.getRules().get(0).getAsk();
        assertThat(twoWays.getGroup()).isEmpty();
        assertThat(twoWays.getAnyOf())
                .containsExactly(
                        new Alternative(List.of(
                                new Requirement("dpo", 2, false, "approver.attributes.site == requester.country"),
                                new Requirement("scanner", 1, true, null))),
                        new Alternative(List.of(new Requirement("board", 1, false, null))));
        assertThat(twoWays.getDenyThreshold()).isEqualTo(2);
        assertThat(twoWays.getRemindAfterMs()).isEqualTo(Duration.ofHours(12).toMillis());
        assertThat(twoWays.getEscalation())
                .isEqualTo(new Escalation(
                        Duration.ofDays(1).toMillis(),
                        EscalationMode.ADD,
                        List.of(new Alternative(List.of(
                                new Requirement("cio", 1, false, null), new Requirement("legal", 3, false, null))))));
        assertThat(twoWays.getOnSilence()).isEqualTo(OnSilence.DENY);
        assertThat(twoWays.getSignatureRequired()).isTrue();
        Ask both = policy.getRules().get(1).getAsk();
        assertThat(both.getAnyOf())
                .singleElement()
                .extracting(Alternative::getAllOf)
                .isEqualTo(
                        List.of(new Requirement("dpo", 1, false, null), new Requirement("security", 1, false, null)));
        assertThat(both.getEscalation().getAnyOf())
                .containsExactly(new Alternative(List.of(new Requirement("cio", 2, false, null))));
    }

    @Test
    void calendarsWaitingAndReviewAreRead() throws IOException {
        PolicyDocument policy = full();

        assertThat(policy.getCalendars())
                .containsExactly(
                        new Calendar(
                                "office",
                                "Europe/Berlin",
                                List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"),
                                "09:00",
                                "17:30",
                                List.of("2026-12-25", "2026-12-26"),
                                List.of(new Period(
                                        "peak",
                                        Instant.parse("2026-11-26T23:00:00Z"),
                                        Instant.parse("2026-12-01T00:00:00Z")))),
                        new Calendar("always", "UTC", List.of("SUNDAY"), "00:00", "24:00", List.of(), List.of()));
        assertThat(policy.getRules().get(0).getWaitingMs())
                .isEqualTo(Duration.ofDays(14).toMillis());
        assertThat(policy.getRules().get(0).getVerification().getMaxAgeMs())
                .isEqualTo(Duration.ofMinutes(30).toMillis());
        assertThat(policy.getRules().get(2).getReview())
                .isEqualTo(new Review("dpo", Duration.ofDays(1).toMillis()));
    }

    @Test
    void whatCanBeWrittenCanBePutInForce() throws IOException {
        PolicyDocument policy = full();
        policy.setVersion(1);

        assertThat(CelPolicies.compile(ReferenceReader.policy("full", policy)))
                .isInstanceOf(Compilation.Compiled.class);
    }

    /** Conditions and predicates have vocabularies of their own, and calendars are the policy's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "isClosed(\"office\", now)  | isClosed(\"ofice\", now)     | :17:51: There is no calendar 'ofice'",
                "!isClosed(\"office\", now) | \"health\" in request.categories | :17:60: An empty list of systems or categories",
                "approver.attributes.site == requester.country | approver.site == \"x\" | :22:53: undefined field 'site'",
                "approver.attributes.site == requester.country | verification.proven | :22:45: undeclared reference",
                "requester.inRole(\"on-call\") | approver.kind == \"HUMAN\" | :44:11: undeclared reference",
            })
    void aMistakeInCelIsToldWhereItStands(String sound, String wrong, String position) throws IOException {
        String text = SourceFile.read(FULL).text();
        assertThat(text).contains(sound);

        InvalidDocumentException invalid = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> new PolicyReader(new CelChecker()).read(new SourceFile("full", text.replace(sound, wrong))));

        assertThat(invalid).isNotNull();
        assertThat(invalid.problems().get(0).toString()).startsWith("full" + position);
    }

    private static PolicyDocument full() throws IOException {
        return new PolicyReader(new CelChecker()).read(SourceFile.read(FULL));
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
            name: p; rule: []; rules: [{id: a, when: x, outcome: DENY}]     | p.yaml:2:1: Unknown key 'rule'; known here: name, description, calendars, rules, accepts.
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
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: "a,b"}}] | p.yaml:2:53: 'group' is one group
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {all_of: [{group: "a,b"}]}}] | p.yaml:2:63: 'group' is one group
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, escalation: {after: 1d, mode: ADD, group: "a,b"}}}] | p.yaml:2:98: 'group' is one group
            name: p; rules: [{id: a, when: x, outcome: APPROVE, review: {group: "a,b"}}] | p.yaml:2:60: 'group' is one group
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, count: 0}}]   | p.yaml:2:63: 'count' must be a whole number from 1 to 20.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, count: 99999999999}}] | p.yaml:2:63: 'count' must be
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, hash_required: maybe}}] | p.yaml:2:71: 'hash_required' must be true or false.
            name: p; rules: [{id: a, when: x, outcome: DENY, window: 0m}]   | p.yaml:2:49: 'window' must be a time greater than nothing
            name: p; rules: [{id: a, when: x, outcome: DENY, window: -PT1M}] | p.yaml:2:49: 'window' must be a time
            name: p; rules: [{id: a, when: x, outcome: DENY, window: PT9999999999999999S}] | p.yaml:2:49: 'window' must be a time
            name: p; rules: [{id: a, when: x, outcome: DENY, reason: "a\\tb"}] | p.yaml:2:49: 'reason' must be one line
            name: p; rules: [{id: a, when: x, outcome: DENY, waiting: }]    | p.yaml:2:41: 'waiting' has no value; give it one or remove the key.
            name: p; rules: [{id: a, when: x, outcome: DENY, minimize: }]   | p.yaml:2:41: 'minimize' has no value
            name: p; rules: [{id: a, when: x, outcome: DENY, verification: }] | p.yaml:2:41: 'verification' has no value
            name: p; rules: [{id: a, when: x, outcome: DENY, verification: {identity_level: }}] | p.yaml:2:56: 'identity_level' has no value
            name: p; rules: [{id: a, when: x, outcome: DENY, verification: {intent: }}] | p.yaml:2:56: 'intent' has no value
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, signature_required: }}] | p.yaml:2:56: 'signature_required' has no value
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, reason_required: }}] | p.yaml:2:56: 'reason_required' has no value
            name: p; rules: [{id: a, when: x, outcome: DENY, window: soon}] | p.yaml:2:49: 'window' must be a time
            name: p; rules: [{id: a, when: x, outcome: DENY, window: 31d}]  | p.yaml:2:49: 'window' must not be longer than 30d.
            name: p; rules: [{id: a, when: x, outcome: DENY, minimize: {contact: HIDE}}]  | p.yaml:2:61: 'contact' must be one of KEEP, REDACT, MASK, PSEUDONYMIZE, GENERALIZE.
            name: p; rules: [{id: a, when: x, outcome: DENY, verification: {identity_level: 4}}] | p.yaml:2:72: 'identity_level' must be
            name: p; rules: [{id: a, when: x, outcome: DENY}, {id: a, when: x, outcome: DENY}] | p.yaml:2:47: The rule 'a' is here twice
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {any_of: []}}] | p.yaml:2:46: 'any_of' must not be empty.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {any_of: [{all_of: []}]}}] | p.yaml:2:56: 'all_of' must not be empty.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {any_of: [{group: g}]}}] | p.yaml:2:55: 'all_of' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {all_of: [{group: g}], group: h}}] | p.yaml:2:68: 'group' is for asking one group
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {all_of: [{group: g}], any_of: [{all_of: [{group: g}]}]}}] | p.yaml:2:46: 'all_of' beside 'any_of'
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {all_of: [{count: 2}]}}] | p.yaml:2:55: 'group' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {all_of: [{group: g, count: 20}, {group: h}]}}] | p.yaml:2:46: 'all_of' asks for 21 approvers
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, answer_within: 1d, remind_after: 1d}}] | p.yaml:2:89: 'remind_after' must be shorter than answer_within, which is 1d.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, escalation: {mode: ADD, group: h}}}] | p.yaml:2:68: 'after' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, escalation: {after: 1d, group: h}}}] | p.yaml:2:68: 'mode' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, escalation: {after: 1d, mode: ADD}}}] | p.yaml:2:68: 'group' is missing.
            name: p; rules: [{id: a, when: x, outcome: ASK, ask: {group: g, on_silence: WAIT}}] | p.yaml:2:68: 'on_silence' must be one of EXPIRE, DENY, APPROVE.
            name: p; rules: [{id: a, when: x, outcome: DENY, review: {group: g}}] | p.yaml:2:41: 'review' is for rules whose outcome is APPROVE
            name: p; rules: [{id: a, when: x, outcome: DENY, waiting: 0s}]  | p.yaml:2:50: 'waiting' must be a time
            name: p; calendars: [{name: c, zone: Mars/Olympus, days: [MONDAY]}] | p.yaml:2:29: 'zone' must be a time zone
            name: p; calendars: [{name: c, zone: UTC}]                      | p.yaml:2:13: 'days' is missing.
            name: p; calendars: [{name: c, zone: UTC, days: [MON]}]         | p.yaml:2:41: A day is one of MONDAY
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY, MONDAY]}] | p.yaml:2:34: 'days' has MONDAY twice.
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], opens: "9:00"}] | p.yaml:2:57: 'opens' must be a time of day
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], closes: "25:00"}] | p.yaml:2:58: 'closes' must be a time of day
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], opens: "18:00", closes: "06:00"}] | p.yaml:2:66: 'opens' must be before 'closes'
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], holidays: [2026-02-30]}] | p.yaml:2:61: A holiday is a date
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], closed: [{from: 2026-01-01, to: 2026-01-02T00:00:00Z}]}] | p.yaml:2:66: 'from' must be a time with its offset
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY], closed: [{from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z}]}] | p.yaml:2:88: 'to' must be after 'from'.
            name: p; calendars: [{name: c, zone: UTC, days: [MONDAY]}, {name: c, zone: UTC, days: [MONDAY]}] | p.yaml:2:58: The calendar 'c' is here twice
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
    void aPolicyWithMoreCalendarsThanAreTakenUpIsRefused() {
        String calendar = "- {name: c, zone: UTC, days: [MONDAY]}\n";

        InvalidDocumentException invalid = catchThrowableOfType(
                InvalidDocumentException.class, () -> read("name: p\ncalendars:\n" + calendar.repeat(51)));

        assertThat(invalid.problems())
                .extracting(Problem::toString)
                .contains("p.yaml:2:1: 'calendars' has more than 50 entries.");
    }

    /** As people write sentences; the line break at its end would keep the policy out of force. */
    @Test
    void aReasonUnderABlockIsOneLine() {
        String reason = read("""
                name: p
                rules:
                  - id: a
                    when: "true"
                    outcome: DENY
                    reason: >
                      Nothing is done
                      without a reason.
                """).getRules().get(0).getReason();

        assertThat(reason).isEqualTo("Nothing is done without a reason.");
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
        ConditionChecker checker = (cel, use) -> {
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
