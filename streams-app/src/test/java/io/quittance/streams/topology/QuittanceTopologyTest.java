package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.RequestState;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import io.quittance.schema.Verdict;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuittanceTopologyTest {
    private static final String REQUEST = "request-1";
    private static final String SUBJECT = "subject-1";
    private static final Duration A_TICK = Duration.ofSeconds(1);

    @TempDir
    Path state;

    private DrivenPipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new DrivenPipeline(state).withShop();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void anApprovedDeleteGoesThroughItsStagesToAClosedAudit() {
        submit(Action.DELETE);
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.AWAITING_APPROVAL);

        decide(Verdict.APPROVE);
        complete("shop");
        complete("index");

        AuditRecord audit = pipeline.lastAudit(REQUEST);
        assertThat(audit.getState()).isEqualTo(RequestState.FULFILLED);
        assertThat(audit.getClosed()).isTrue();
        assertThat(audit.getDecisions()).singleElement().satisfies(made -> {
            assertThat(made.getApprover()).isEqualTo("approver-1");
            assertThat(made.getAccepted()).isTrue();
        });
        assertThat(audit.getGrants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.getPlanSha256())
                        .isEqualTo(pipeline.lastPrompt().getPlanSha256()));
        assertThat(audit.getTasks())
                .allSatisfy(task -> assertThat(task.getStatus()).isEqualTo("DONE"));
        assertThat(audit.getRule().getRule()).isEqualTo("erasure");
        assertThat(audit.getRule().getLookedAt()).containsEntry("request.action", "DELETE");
        assertThat(pipeline.audits(REQUEST))
                .extracting(AuditRecord::getRevision)
                .isSorted();
        assertThat(pipeline.audits(REQUEST)).filteredOn(AuditRecord::getClosed).hasSize(1);
    }

    @Test
    void aLaterStageWaitsForTheEarlierOne() {
        submit(Action.DELETE);
        decide(Verdict.APPROVE);
        assertThat(pipeline.tasks("shop")).hasSize(1);
        assertThat(pipeline.tasks("index")).isEmpty();

        complete("shop");

        assertThat(pipeline.tasks("index")).hasSize(1);
    }

    @Test
    void aTaskCarriesTheGrantTheIdentifiersAndTheDatasets() {
        submit(Action.DELETE);
        decide(Verdict.APPROVE);

        Task task = pipeline.tasks("shop").get(0);

        assertThat(task.getTaskId()).isEqualTo(REQUEST + "/shop");
        assertThat(task.getGrant().getApprovedBy()).containsExactly("approver-1");
        assertThat(task.getGrant().getNotAfter())
                .isEqualTo(task.getGrant().getNotBefore().plus(Documents.WINDOW));
        assertThat(task.getIdentifiers().getPlain()).containsOnlyKeys("email");
        assertThat(task.getDatasets()).hasSize(2);
        assertThat(pipeline.written(TOPICS.tasks("shop")).get(0).key()).isEqualTo(SUBJECT);
        assertThat(pipeline.telemetry.approvalsToTasks).hasSize(1);
    }

    @Test
    void aPromptIsTakenBackOnceItIsAnswered() {
        submit(Action.DELETE);
        decide(Verdict.DENY);

        List<ProducerRecord<String, byte[]>> inbox = pipeline.written(TOPICS.approvals());

        assertThat(inbox).extracting(ProducerRecord::key).containsExactly(REQUEST, REQUEST);
        assertThat(inbox.get(1).value()).isNull();
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.DENIED);
        assertThat(pipeline.tasks("shop")).isEmpty();
    }

    @Test
    void aDecisionThatComesBeforeItsRequestCountsWhenTheRequestComes() {
        submit(Action.DELETE);
        String hash = pipeline.lastPrompt().getPlanSha256();
        String other = "request-early";
        var early = Events.decide(other, "subject-early", Verdict.DENY, "approver-1", hash);

        pipeline.publish(TOPICS.decisions(), "subject-early", early);
        assertThat(pipeline.audits(other)).isEmpty();
        pipeline.publish(
                TOPICS.requests(),
                "subject-early",
                Events.submit(other, "subject-early", Action.DELETE, Map.of("email", "e@example.org")));

        assertThat(pipeline.lastAudit(other).getState()).isEqualTo(RequestState.DENIED);
    }

    @Test
    void anEarlyDecisionWhoseRequestNeverComesIsHandedToPeople() {
        byte[] value = pipeline.bytes(
                TOPICS.decisions(), Events.decide("never", SUBJECT, Verdict.APPROVE, "approver-1", null));
        pipeline.publish(TOPICS.decisions(), SUBJECT, value);

        pipeline.pass(Duration.ofHours(25));

        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCode()).isEqualTo("UNKNOWN_REQUEST");
            assertThat(letter.getTopic()).isEqualTo(TOPICS.decisions());
            assertThat(letter.getValue().array()).isEqualTo(value);
        });
        assertThat(pipeline.driver().getKeyValueStore("dockets").approximateNumEntries())
                .isZero();
    }

    @Test
    void silenceExpiresARequest() {
        submit(Action.DELETE);

        pipeline.pass(Documents.ANSWER_WITHIN.plus(A_TICK));

        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.EXPIRED);
        assertThat(pipeline.telemetry.open.values())
                .allSatisfy(gauges -> assertThat(gauges.timers()).isZero());
    }

    @Test
    void aTaskThatIsNotAnsweredIsTriedAgain() {
        submit(Action.DELETE);
        decide(Verdict.APPROVE);

        pipeline.pass(Duration.ofMinutes(15).plus(A_TICK));
        pipeline.pass(Duration.ofSeconds(15));

        assertThat(pipeline.tasks("shop")).extracting(Task::getAttempt).containsExactly(1, 2);
    }

    @Test
    void aSystemWithoutATaskTopicIsWaitedForAndReported() {
        pipeline.world.reachable(Set.of("index"));
        submit(Action.DELETE);
        decide(Verdict.APPROVE);
        assertThat(pipeline.tasks("shop")).isEmpty();
        assertThat(pipeline.written(TOPICS.tasks("shop"))).isEmpty();
        assertThat(pipeline.lastAudit(REQUEST).getTrail())
                .anySatisfy(entry -> assertThat(entry.getCode()).isEqualTo("SYSTEM_UNREACHABLE"));

        pipeline.world.reachable(Set.of("index", "shop"));
        pipeline.pass(Duration.ofSeconds(31));

        assertThat(pipeline.tasks("shop")).hasSize(1);
    }

    @Test
    void aWithdrawnRequestWhoseWorkHasNotStartedRevokesItsGrant() {
        pipeline.world.reachable(Set.of("index"));
        submit(Action.DELETE);
        decide(Verdict.APPROVE);

        pipeline.publish(TOPICS.requests(), SUBJECT, Events.withdraw(REQUEST, SUBJECT));

        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.CANCELLED);
        assertThat(pipeline.read(TOPICS.revocations(), Revocation.class))
                .singleElement()
                .satisfies(revocation -> assertThat(revocation.getCode()).isEqualTo("WITHDRAWN"));
        assertThat(pipeline.tasks("shop")).isEmpty();
    }

    @Test
    void aProofThatIsWantedReleasesTheRequest() {
        submit(Action.EXPORT);
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.AWAITING_VERIFICATION);

        pipeline.publish(TOPICS.verifications(), SUBJECT, Events.verify(REQUEST, SUBJECT, 2));

        assertThat(pipeline.tasks("shop")).hasSize(1);
        assertThat(pipeline.tasks("index")).hasSize(1);
    }

    @Test
    void aHeldSubjectsDeleteWaitsUntilTheHoldIsLifted() {
        pipeline.publish(TOPICS.directives(), SUBJECT, Events.direct(null, SUBJECT, DirectiveKind.HOLD));
        submit(Action.DELETE);
        decide(Verdict.APPROVE);
        assertThat(pipeline.lastAudit(REQUEST).getCode()).isEqualTo("LEGAL_HOLD");

        pipeline.publish(TOPICS.directives(), SUBJECT, Events.direct(null, SUBJECT, DirectiveKind.LIFT));

        assertThat(pipeline.tasks("shop")).hasSize(1);
    }

    @Test
    void repeatsChangeNothing() {
        var request = Events.submit(REQUEST, SUBJECT, Action.DELETE, Map.of("email", "a@example.org"));
        for (int time = 0; time < 10; time++) {
            pipeline.publish(TOPICS.requests(), SUBJECT, request);
        }
        decide(Verdict.APPROVE);
        for (int time = 0; time < 10; time++) {
            complete("shop");
        }
        complete("index");
        complete("index");

        assertThat(pipeline.tasks("shop")).hasSize(1);
        assertThat(pipeline.audits(REQUEST)).filteredOn(AuditRecord::getClosed).hasSize(1);
        assertThat(pipeline.telemetry.repeats).isEqualTo(9 + 9 + 1);
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(InputTopic.class)
    void undecodableBytesAreHandedToPeopleAndThePipelineGoesOn(InputTopic input) {
        String topic = input.in(TOPICS);
        byte[] junk = {0, 0, 0, 0, 99, 1, 2, 3};

        pipeline.publish(topic, SUBJECT, junk);
        pipeline.publish(topic, SUBJECT, "hello".getBytes(StandardCharsets.UTF_8));
        pipeline.publish(topic, null, new byte[0]);
        pipeline.publish(topic, SUBJECT, (byte[]) null);
        submit(Action.DELETE);

        assertThat(pipeline.deadLetters())
                .extracting(DeadLetter::getCode)
                .containsExactly("UNDECODABLE", "UNDECODABLE", "UNDECODABLE", "INVALID");
        assertThat(pipeline.deadLetters().get(0)).satisfies(letter -> {
            assertThat(letter.getTopic()).isEqualTo(topic);
            assertThat(letter.getValue().array()).isEqualTo(junk);
            assertThat(letter.getValueBytes()).isEqualTo(junk.length);
            assertThat(new String(letter.getKey().array(), StandardCharsets.UTF_8))
                    .isEqualTo(SUBJECT);
        });
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
    }

    @ParameterizedTest
    @EnumSource(InputTopic.class)
    void aRecordOfAnotherTypeIsUndecodable(InputTopic input) {
        SpecificRecord other = input == InputTopic.DECISIONS
                ? Events.withdraw(REQUEST, SUBJECT)
                : Events.decide(REQUEST, SUBJECT, Verdict.APPROVE, "approver-1", null);

        pipeline.publish(input.in(TOPICS), SUBJECT, other);

        assertThat(pipeline.deadLetters()).extracting(DeadLetter::getCode).containsExactly("UNDECODABLE");
    }

    @Test
    void aDecisionUnderTheWrongKeyIsSentOnAndCounts() {
        submit(Action.DELETE);
        var decision = Events.decide(
                REQUEST,
                SUBJECT,
                Verdict.APPROVE,
                "approver-1",
                pipeline.lastPrompt().getPlanSha256());

        pipeline.publish(TOPICS.decisions(), REQUEST, decision);

        assertThat(pipeline.tasks("shop")).hasSize(1);
        assertThat(pipeline.telemetry.forwards).isEqualTo(1);
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @Test
    void aRecordThatWasSentOnAndIsStillWrongIsHandedToPeople() {
        byte[] value = pipeline.bytes(
                TOPICS.decisions(), Events.decide(REQUEST, SUBJECT, Verdict.APPROVE, "approver-1", null));
        var headers = new RecordHeaders().add("quittance.forwarded", new byte[] {'1'});

        pipeline.publish(TOPICS.decisions(), new TestRecord<>("someone", value, headers, DrivenPipeline.BEGIN));

        assertThat(pipeline.deadLetters()).extracting(DeadLetter::getCode).containsExactly("MISROUTED_TWICE");
    }

    @Test
    void namesThatCannotBeNamesAreRefusedWithoutBeingRepeated() {
        String control = "request" + (char) 0 + "x";

        pipeline.publish(
                TOPICS.requests(),
                SUBJECT,
                Events.submit(control, SUBJECT, Action.DELETE, Map.of("email", "a@example.org")));

        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCode()).isEqualTo("INVALID");
            assertThat(letter.getDetail()).contains("request_id").doesNotContain(control);
        });
    }

    @Test
    void anOversizedValueIsHandedToPeopleCutShort() {
        pipeline.publish(
                TOPICS.requests(),
                SUBJECT,
                Events.submit(REQUEST, SUBJECT, Action.DELETE, Map.of("email", "x".repeat(1_000_000))));

        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCode()).isEqualTo("OVERSIZED");
            assertThat(letter.getValue().remaining()).isEqualTo(64 * 1024);
            assertThat(letter.getValueBytes()).isGreaterThan(1_000_000);
        });
    }

    @Test
    void withoutAPolicyEverythingIsDenied() {
        pipeline.publish(TOPICS.policies(), "default", (byte[]) null);

        submit(Action.ACCESS);

        assertThat(pipeline.lastAudit(REQUEST).getCode()).isEqualTo("POLICY_UNAVAILABLE");
    }

    @Test
    void aDocumentThatCannotBeUsedNeverReplacesOneThatCan() {
        var broken = Documents.policy(2);
        broken.getRules().get(0).setWhen("(((");
        pipeline.publish(TOPICS.policies(), "default", broken);
        pipeline.publish(TOPICS.policies(), "default", new byte[] {1, 2, 3});
        var sameVersion = Documents.policy(1);
        sameVersion.getRules().get(0).setReason("Something else.");
        pipeline.publish(TOPICS.policies(), "default", sameVersion);
        pipeline.publish(TOPICS.systems(), "shop", Documents.system("crm", 2));

        submit(Action.DELETE);

        assertThat(pipeline.lastAudit(REQUEST).getRule().getPolicyVersion()).isEqualTo(1);
        assertThat(pipeline.refusedDocuments)
                .extracting(DrivenPipeline.Refused::code)
                .containsExactly("INVALID", "UNDECODABLE", "INVALID", "INVALID");
    }

    @Test
    void aPolicysHistoryIsNeitherInForceNorAMistake() {
        pipeline.publish(TOPICS.policies(), "default@2", Documents.policy(2));
        pipeline.publish(TOPICS.policies(), "default@3", new byte[] {1, 2, 3});

        submit(Action.DELETE);

        assertThat(pipeline.lastAudit(REQUEST).getRule().getPolicyVersion()).isEqualTo(1);
        assertThat(pipeline.refusedDocuments).isEmpty();
    }

    @Test
    void whatFindsThePersonAppearsInTasksAlone() {
        String secret = UUID.randomUUID() + "@example.org";
        pipeline.publish(
                TOPICS.requests(), SUBJECT, Events.submit(REQUEST, SUBJECT, Action.DELETE, Map.of("email", secret)));
        decide(Verdict.APPROVE);
        complete("shop");
        complete("index");

        assertThat(pipeline.written())
                .filteredOn(record -> !record.topic().endsWith("-changelog"))
                .filteredOn(record ->
                        record.value() != null && new String(record.value(), StandardCharsets.UTF_8).contains(secret))
                .extracting(ProducerRecord::topic)
                .containsOnly(TOPICS.tasks("shop"), TOPICS.tasks("index"));
    }

    private void submit(Action action) {
        pipeline.publish(
                TOPICS.requests(), SUBJECT, Events.submit(REQUEST, SUBJECT, action, Map.of("email", "a@example.org")));
    }

    private void decide(Verdict verdict) {
        pipeline.publish(
                TOPICS.decisions(),
                SUBJECT,
                Events.decide(
                        REQUEST,
                        SUBJECT,
                        verdict,
                        "approver-1",
                        pipeline.lastPrompt().getPlanSha256()));
    }

    private void complete(String system) {
        List<Task> tasks = pipeline.tasks(system);
        pipeline.publish(TOPICS.completions(), SUBJECT, Events.done(tasks.get(tasks.size() - 1)));
    }
}
