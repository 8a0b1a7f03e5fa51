package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.clock.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that people look a code up on, from the code that tells it. */
class CodesPageTest {

    private static final Path PAGE = Path.of("CODES.md");
    private static final Path SOURCES = Path.of("src/main/java/io/quittance/streams");

    /** Where codes come from that the application itself gives. */
    private static final List<String> TELLING = List.of("domain", "codec", "processor");

    private static final Pattern CODE = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)*)\"");

    /** Upper-case words in those sources that are no codes: names of laws, and a symbol that is refused. */
    private static final Set<String> NO_CODES = Set.of("GDPR", "UK_GDPR", "CCPA", "LGPD", "NONE", "UNKNOWN");

    private static final String HEAD = """
            # Codes

            What happened to a request or a record, and why. Codes are stable. The sentence beside a code is for people;
            neither holds personal data. Where a table says audit record, `quittance audit show REQUEST` shows it.

            This file is generated from the code; a test holds the two equal and says how to renew it.

            | looked for | section |
            | --- | --- |
            | why the pipeline did not do as asked | [Refusals](#refusals) |
            | a record in `privacy.dead-letters` | [Dead letters](#dead-letters) |
            | what a request or one of its tasks waits for | [Waiting](#waiting) |
            | why a task was not done | [Tasks](#tasks) |
            | what happened to a request, and how it ended | [The story of a request](#the-story-of-a-request) |
            | a notification | [Notifications](#notifications) |
            """;

    private static final String REFUSALS = """

            ## Refusals

            They are also the label `code` of the metric `quittance_refusals_total`.

            | code | sentence | usually told in |
            | --- | --- | --- |
            """;

    private static final String DEAD_LETTERS = """

            ## Dead letters

            A dead letter carries a refusal whose row above says so, or one of these. A proof or decision whose request
            does not come within `early.keep` is a dead letter with `UNKNOWN_REQUEST`, or with `REQUEST_CLOSED` if the
            request ends as soon as it comes. They are also the label `code` of the metric
            `quittance_dead_letters_total`.

            | code | is |
            | --- | --- |
            | `UNDECODABLE` | The value is not what its topic holds. Executors write this one, too. |
            | `INVALID` | The value can be read, but a field is missing or wrong; or there is no value, or no key. The detail names the field. |
            | `OVERSIZED` | The value is larger than `input.value.max.bytes`, or what is kept of the person would be larger than `stored.value.max.bytes`. |
            | `MISROUTED_TWICE` | The record was under the wrong key or in the wrong partition, was sent on once, and is still not where its subject belongs. |
            """;

    private static final String WAITING = """

            ## Waiting

            They stand in the audit record as `code`, of the request or of one of its tasks.

            | code | what waits | for what |
            | --- | --- | --- |
            | `LEGAL_HOLD` | a request that deletes or anonymizes | until no hold keeps data that it would change |
            | `EARLIER_REQUEST` | a request | until an earlier request of the same person has ended |
            | `OTHER_REQUEST` | a request | until a request of the same person that overtook it has ended |
            | `WAITING_PERIOD` | a request that deletes or anonymizes | until the rule's waiting period is over |
            | `FROZEN` | a request or a task | until the freeze is lifted or ends (`quittance freeze list`) |
            | `LIMIT` | a task | until the limits on it have room (`quittance limits status`) |
            | `SYSTEM_UNREACHABLE` | a task | until its system has an entry in the data map and a topic of tasks; looked for every `system.unreachable.recheck` |
            | `GRANT_NOT_YET_VALID` | a task | until the grant opens: the clock was set back |
            """;

    private static final String TASKS = """

            ## Tasks

            `code` of a task in the audit record. A task that its executor refused or could not do has the executor's
            code: [of the JDBC executor](../connectors/jdbc/README.md#when-a-task-is-not-done),
            [of the S3 executor](../connectors/README.md#codes-of-the-s3-executor). These are the pipeline's own; the
            first five are about what an executor reported. One that executors say is read as well: `PARTLY_DONE`, when
            the grant is over, counts as `GRANT_EXPIRED`.

            | code | is | tried again |
            | --- | --- | --- |
            | `UNPLANNED_REPORT` | The report names a dataset that was not granted, or one of them twice. | no |
            | `UNFIT_OUTCOME` | The report has an outcome that cannot follow from the action and from what the data map does with the dataset: it keeps what is not retained, erases what is, or anonymizes what is to go. | no |
            | `INCOMPLETE_REPORT` | The report says done, but leaves out a dataset that is planned. | no |
            | `RESIDUAL_LEFT` | The report says done, but something is left where nothing should be. | yes |
            | `UNSPECIFIED` | The report has no code, or one that is not made of capital letters, digits and underscores. | as the report says |
            | `TIMED_OUT` | The attempt was not answered in time: that of the system's entry in the data map, or the end of the grant. | yes |
            | `GRANT_EXPIRED` | The grant shut before the task was done. | only if the request is approved again |
            | `PREDECESSOR_FAILED` | A system of an earlier stage could not do its part, so this one was not asked. | no |
            | `WITHDRAWN`, `CANCELLED_BY_ORDER`, `REVOKED`, `PLAN_CHANGED`, `LEGAL_HOLD` | The request was stopped for this before the task went out. | only if the request is approved again |
            """;

    private static final String STORY = """

            ## The story of a request

            They stand in the trail of the audit record. Those that end a request, or say how it stands, are also the
            `code` of the record. A request that a rule denies has `DENIED_BY_RULE`; one whose proof was refused has the
            code that the [regime](src/main/resources/regimes.yaml) gives, or `IDENTITY_REFUSED` or `INTENT_REFUSED`
            where it gives none.

            | code | is |
            | --- | --- |
            | `SUBMITTED` | The request reached the pipeline. |
            | `VERIFICATION_WANTED` | The rule wants proof before anything else. |
            | `PROOF_EXPIRED` | What was proven no longer counts when the work would begin, and is to be proven again. |
            | `APPROVED_BY_RULE` | A rule of the policy approves it. |
            | `APPROVAL_WANTED` | People are asked. |
            | `APPROVAL_COUNTED`, `DENIAL_COUNTED` | A decision counts; more are needed. |
            | `NARROWED` | An approval is for less than was asked. |
            | `DECISION_TAKEN_BACK` | A decision was taken back before it was enough. |
            | `REMINDED`, `ESCALATED` | Nobody answered: those who are asked were reminded, or others are asked. |
            | `APPROVED` | Everybody who is needed has approved. |
            | `DENIED_BY_APPROVER` | Those who were asked denied it. |
            | `SILENCE_APPROVES`, `SILENCE_DENIES` | Too few answered, and the rule takes that for a yes, or a no. |
            | `NO_ANSWER_IN_TIME` | The request expired: no proof or no approval came in time. |
            | `RELEASED` | The grant is open and the work goes out. |
            | `PLAN_CHANGED` | The data map changed after the plan was approved: the plan is made anew, and people are asked again where they were asked before. |
            | `ATTEMPT_TIMED_OUT` | An attempt was not answered in time. |
            | `RETRY_WANTED`, `RETRY_ORDERED` | All attempts in a system have failed; somebody ordered more. |
            | `REVOKED` | An approver took the approval back. |
            | `GRANT_EXPIRED` | The grant shut before the work was done. |
            | `WITHDRAWN`, `CANCELLED_BY_ORDER` | The requester took it back; an operator called it off. |
            | `LEGAL_HOLD` | A hold was placed while the work was under way. |
            | `HOLD_LIFTED` | Somebody lifted a hold that kept the request's data. |
            | `FULFILLED`, `PARTIALLY_FULFILLED`, `FAILED` | Every system has done its part; some have; none has. |
            | `REVIEW_WANTED`, `REVIEW_OVERDUE` | Somebody has to sign for emergency access; nobody has in time. |
            | `SIGNED_OFF`, `OBJECTED` | Somebody found the emergency access justified, or not. |
            | `CLOCK_STARTED`, `CLOCK_PAUSED`, `CLOCK_RESUMED`, `EXTENDED` | The time to answer began, stood still, went on, was extended. |
            | `ACKNOWLEDGED` | Receipt of the request was confirmed. |
            | `OUTCOMES_LEFT_OUT` | The outcomes of the datasets are larger than an audit record may be; the completions hold them. |
            """;

    private static final String NOTIFICATIONS = """

            ## Notifications

            `code` of a record in `privacy.notifications`. The audience says whom it is for: a group of approvers, a
            system, or `publisher`. The last four also stand in the trail.

            | code | is |
            | --- | --- |
            | `APPROVAL_WANTED`, `APPROVAL_REMINDER`, `APPROVAL_ESCALATED` | A decision is wanted; is still wanted; is wanted from others. |
            | `REVIEW_WANTED`, `REVIEW_OVERDUE` | Emergency access is to be signed for; nobody has in time. |
            | `SYSTEM_UNREACHABLE` | A system has no topic of tasks, or no entry in the data map. |
            | `TASK_FAILED` | A system could not do its part. |
            | `EXTENDED` | The time to answer was extended; the requester is to be told why. |
            | `CLOSED` | The request has ended. |
            """;

    @Test
    void pageEqualsTheCode() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, markdown());
        }

        assertThat(PAGE)
                .as("Renew it: mvn -pl streams-app test -Dtest=CodesPageTest -Dregenerate=true")
                .hasContent(markdown());
    }

    /** Most codes are no enum, because rows and topics hold them as text. */
    @Test
    void everyCodeOfTheSourcesIsOnThePage() throws IOException {
        String page = markdown();
        Set<String> codes = codesInTheSources();

        assertThat(codes).contains("SYSTEM_UNREACHABLE", "MISROUTED_TWICE").hasSizeGreaterThan(50);
        assertThat(codes).allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    private static Set<String> codesInTheSources() throws IOException {
        var codes = new TreeSet<String>();
        for (String source : TELLING) {
            try (Stream<Path> files = Files.walk(SOURCES.resolve(source))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        codes.removeAll(NO_CODES);
        return codes;
    }

    private static String markdown() {
        return HEAD + REFUSALS + refusals() + DEAD_LETTERS + WAITING + TASKS + STORY + NOTIFICATIONS + alarms();
    }

    private static String refusals() {
        return Stream.of(Refusal.values())
                .sorted(Comparator.comparing(Refusal::name))
                .map(refusal ->
                        "| `%s` | %s | %s |\n".formatted(refusal, refusal.sentence(), EveryRefusalTest.toldIn(refusal)))
                .collect(Collectors.joining());
    }

    private static String alarms() {
        return Stream.of(Alarm.values())
                .map(alarm -> "| `%s` | %s |\n".formatted(alarm, alarm.sentence()))
                .collect(Collectors.joining());
    }
}
