package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.schema.Action;
import io.quittance.schema.Alternative;
import io.quittance.schema.Ask;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Grant;
import io.quittance.schema.Requirement;
import io.quittance.schema.Review;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Sealed;
import io.quittance.schema.SystemEntry;
import io.quittance.schema.Task;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.Events;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:10:00Z");

    static Stream<Arguments> readEnums() {
        return Stream.of(
                Arguments.of(Action.class, io.quittance.streams.domain.model.Action.class),
                Arguments.of(
                        io.quittance.schema.RequesterType.class, io.quittance.streams.domain.model.RequesterType.class),
                Arguments.of(io.quittance.schema.Channel.class, io.quittance.streams.domain.model.Channel.class),
                Arguments.of(io.quittance.schema.Verdict.class, io.quittance.streams.domain.model.Verdict.class),
                Arguments.of(
                        io.quittance.schema.Transformation.class,
                        io.quittance.streams.domain.model.Transformation.class),
                Arguments.of(io.quittance.schema.Disposal.class, io.quittance.streams.domain.model.Disposal.class),
                Arguments.of(
                        io.quittance.schema.Disposition.class, io.quittance.streams.domain.model.Disposition.class),
                Arguments.of(io.quittance.schema.CompletionStatus.class, Command.CompletionStatus.class),
                Arguments.of(io.quittance.schema.DirectiveKind.class, Command.DirectiveKind.class));
    }

    @ParameterizedTest
    @MethodSource("readEnums")
    void everyValueOfTheContractHasOneOfTheSameNameInTheCore(
            Class<? extends Enum<?>> contract, Class<? extends Enum<?>> core) {
        assertThat(names(core)).containsExactlyInAnyOrderElementsOf(names(contract));
    }

    @Test
    void everyStateOfARequestCanBeTold() {
        assertThat(names(io.quittance.schema.RequestState.class))
                .containsAll(names(io.quittance.streams.domain.model.RequestState.class).stream()
                        .filter(name -> !name.equals("NEW"))
                        .toList());
    }

    @Test
    void aSubmissionIsReadWhole() {
        var event = Events.submit("r-1", "s-1", Action.EXPORT, Map.of("email", "a@example.org"), "shop");
        var body = (io.quittance.schema.Submission) event.getBody();
        body.getIdentifiers().setSealed(new Sealed("key-1", "X", ByteBuffer.wrap(new byte[] {1, 2})));

        var command = (Command.Submit) CommandMapping.understand(event).command();

        var submission = command.submission();
        assertThat(submission.requestId()).isEqualTo("r-1");
        assertThat(submission.subjectId()).isEqualTo("s-1");
        assertThat(submission.action()).isEqualTo(io.quittance.streams.domain.model.Action.EXPORT);
        assertThat(submission.regime()).isEqualTo("GDPR");
        assertThat(submission.purpose()).isEqualTo("account-closure");
        assertThat(submission.scope().systems()).containsExactly("shop");
        assertThat(submission.identifiers().plain()).containsEntry("email", "a@example.org");
        assertThat(submission.identifiers().sealed())
                .isNotNull()
                .satisfies(kept -> assertThat(kept.ciphertext().bytes()).containsExactly(1, 2));
        assertThat(submission.submittedAt()).isEqualTo(event.getOccurredAt());
    }

    @Test
    void aCompletionOfAnotherTaskThanItsNameSaysIsRefused() {
        Task task = task();
        var completion = Events.done(task);
        completion.setTaskId("r-other/shop");

        assertThatThrownBy(() -> CommandMapping.understand(completion))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("task_id");
    }

    @Test
    void theAuditTellsTheWholeStory() {
        Case open = SampleDocket.open();

        AuditRecord audit = AuditMapping.audit(open, NOW);

        assertThat(audit.getRequestId()).isEqualTo("request-1");
        assertThat(audit.getRule().getLookedAt()).containsEntry("request.action", "DELETE");
        assertThat(audit.getDecisions()).singleElement().satisfies(made -> {
            assertThat(made.getAccepted()).isFalse();
            assertThat(made.getRejection()).isEqualTo("SELF_APPROVAL");
            assertThat(made.getVouchedBy()).isEqualTo("SIGNATURE");
            assertThat(made.getKeyId()).isEqualTo("signing-key");
            assertThat(made.getNarrowing().getSystems()).containsExactly("shop");
        });
        assertThat(audit.getVerifications()).hasSize(1);
        assertThat(audit.getBreakGlassReason()).isEqualTo("A life is at stake.");
        assertThat(audit.getReview().getReviewer()).isEqualTo("approver-1");
        assertThat(audit.getGrants()).extracting(Grant::getGrantId).containsExactly("request-1#1");
        assertThat(audit.getTasks().get(0).getDatasets().get(0).getDocument().getUri())
                .isEqualTo("s3://b/k");
        assertThat(audit.getTrail()).hasSize(1);
        assertThat(audit.getTrailDropped()).isEqualTo(3);
        assertThat(audit.getRevision()).isEqualTo(5);
        assertThat(audit.getClosed()).isFalse();
        assertThat(audit.getDuplicateOf()).isEqualTo("request-0");
    }

    @Test
    void theAuditHoldsNothingThatFindsThePerson() {
        String audit = AuditMapping.audit(SampleDocket.open(), NOW).toString();

        assertThat(audit).doesNotContain("ann@example.org", "192.0.2.1", "key-1", "region");
    }

    @Test
    void anAuditThatWouldBeTooLargeLeavesOutOutcomesAndSaysSo() {
        AuditRecord audit = AuditMapping.withoutOutcomes(AuditMapping.audit(SampleDocket.open(), NOW));

        assertThat(audit.getTasks())
                .allSatisfy(task -> assertThat(task.getDatasets()).isEmpty());
        assertThat(audit.getTrail())
                .last()
                .satisfies(entry -> assertThat(entry.getCode()).isEqualTo("OUTCOMES_LEFT_OUT"));
    }

    @Test
    void aPolicyIsReadWhole() {
        Policy policy = ReferenceReader.policy("default", Documents.policy(3));

        assertThat(policy.version()).isEqualTo(3);
        assertThat(policy.rules()).extracting(rule -> rule.id()).containsExactly("erasure", "access", "portability");
        assertThat(policy.rules().get(0).ask()).isNotNull().satisfies(ask -> {
            assertThat(ask.groups()).containsExactly(Documents.GROUP);
            assertThat(ask.answerWithin()).isEqualTo(Documents.ANSWER_WITHIN);
            assertThat(ask.hashRequired()).isTrue();
        });
        assertThat(policy.rules().get(2).verification().identityLevel()).isEqualTo(2);
    }

    @Test
    void aPolicyThatAsksNobodyIsRefused() {
        var document =
                Documents.policy(1, Documents.rule("r", "true", RuleOutcome.ASK).build());

        assertThatThrownBy(() -> ReferenceReader.policy("default", document))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("names nobody to ask");
    }

    @Test
    void aGroupThatWouldBeTwoInAPromptIsRefused() {
        Requirement two = Requirement.newBuilder().setGroup("a,b").build();
        Ask.Builder ask = Ask.newBuilder(Documents.ask());
        Rule.Builder asking = Documents.rule("r", "true", RuleOutcome.ASK);
        Rule.Builder approving = Documents.rule("r", "true", RuleOutcome.APPROVE);

        assertGroupRefused(asking.setAsk(ask.setGroup("a,b").build()).build());
        assertGroupRefused(asking.setAsk(ask.setGroup("")
                        .setAnyOf(List.of(new Alternative(List.of(two))))
                        .build())
                .build());
        assertGroupRefused(
                approving.setReview(Review.newBuilder().setGroup("a,b").build()).build());
    }

    @Test
    void aGrantLongerThanRevocationsAreKeptIsRefused() {
        var document = Documents.policy(
                1,
                Documents.rule("r", "true", RuleOutcome.APPROVE)
                        .setWindowMs(Duration.ofDays(31).toMillis())
                        .build());

        assertThatThrownBy(() -> ReferenceReader.policy("default", document))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("window_ms");
    }

    @Test
    void aFreezeThatEndsAfterAllTimesIsRefused() {
        var freeze = Documents.freeze("incident", "shop");
        freeze.setUntil(Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThatThrownBy(() -> ReferenceReader.freeze("incident", freeze))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("until");
    }

    @Test
    void anEntryUnderAnotherKeyIsRefused() {
        SystemEntry entry = Documents.system("shop", 1);

        assertThatThrownBy(() -> ReferenceReader.system("crm", entry)).isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void datasetsGoToTheTaskAsTheyWerePublished() {
        SystemEntry entry = Documents.system("shop", 1);

        var datasets = ReferenceReader.system("shop", entry).datasets();

        assertThat(CommonMapping.each(datasets, CommonMapping::dataset)).isEqualTo(entry.getDatasets());
    }

    private static void assertGroupRefused(Rule rule) {
        assertThatThrownBy(() -> ReferenceReader.policy("default", Documents.policy(1, rule)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("group holds a comma");
    }

    private static Task task() {
        Case open = SampleDocket.open();
        TaskState issued = TaskState.waiting("shop", 0).issued(NOW, NOW.plusSeconds(60));
        return TaskMapping.task(new Effect.IssueTask(
                open, issued, open.authority().grant().orElseThrow(), List.of(), List.of(), List.of(), NOW));
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }
}
