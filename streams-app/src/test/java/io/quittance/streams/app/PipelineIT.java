package io.quittance.streams.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.RequestState;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import io.quittance.schema.TaskDone;
import io.quittance.schema.Verdict;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.Events;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One instance on real parts. Every test has a subject of its own. */
@WithHarness
@TestInstance(Lifecycle.PER_CLASS)
class PipelineIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private RealPipeline pipeline;
    private QuittanceApp app;

    @BeforeAll
    void start(KafkaCluster kafka, RegistryProcess registry, @TempDir Path state) throws InterruptedException {
        pipeline = new RealPipeline("one", kafka, registry);
        app = pipeline.instance(state).start();
        assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
        pipeline.startExecuting();
    }

    @AfterAll
    void stop() throws InterruptedException {
        app.close();
        pipeline.close();
    }

    @Test
    void aDecisionBeforeItsRequestCounts() {
        pipeline.publish(
                pipeline.topics.decisions(),
                "s-early",
                Events.decide("r-early", "s-early", Verdict.DENY, "approver-1", null));
        pipeline.submit("r-early", "s-early", Action.DELETE);

        eventually()
                .untilAsserted(() -> assertThat(closed("r-early"))
                        .extracting(AuditRecord::getState)
                        .containsExactly(RequestState.DENIED));
    }

    @Test
    void aDecisionUnderTheWrongKeyCounts() {
        pipeline.submit("r-key", "s-key", Action.DELETE);
        ApprovalPrompt prompt = promptFor("r-key");

        pipeline.publish(pipeline.topics.decisions(), "r-key", RealPipeline.approval(prompt));

        eventually()
                .untilAsserted(() -> assertThat(closed("r-key"))
                        .extracting(AuditRecord::getState)
                        .containsExactly(RequestState.FULFILLED));
    }

    @Test
    void theSameRequestAndTheSameCompletionTenTimesAreOne() {
        var request = pipeline.bytes(
                pipeline.topics.requests(),
                Events.submit("r-ten", "s-ten", Action.ACCESS, Map.of("email", "t@example.org")));
        for (int time = 0; time < 10; time++) {
            pipeline.publish(pipeline.topics.requests(), "s-ten", request);
        }
        eventually().untilAsserted(() -> assertThat(closed("r-ten")).hasSize(1));
        var completion =
                tasksOf("shop", "r-ten").stream().map(Events::done).findFirst().orElseThrow();
        for (int time = 0; time < 10; time++) {
            pipeline.publish(pipeline.topics.completions(), "s-ten", completion);
        }
        barrier("s-ten");

        assertThat(closed("r-ten")).extracting(AuditRecord::getState).containsExactly(RequestState.FULFILLED);
        assertThat(tasksOf("shop", "r-ten")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(InputTopic.class)
    void undecodableBytesBecomeADeadLetterAndThePipelineGoesOn(InputTopic input) {
        String topic = input.in(pipeline.topics);
        byte[] unknownSchema = {0, 0, 1, 0, 0, 7, 7};
        byte[] text = "not Avro".getBytes(UTF_8);
        String subject = "s-junk-" + input;

        pipeline.publish(topic, subject, unknownSchema);
        pipeline.publish(topic, subject, text);
        barrier(subject);

        eventually()
                .untilAsserted(() -> assertThat(pipeline.deadLetters())
                        .filteredOn(letter -> letter.getTopic().equals(topic))
                        .filteredOn(letter ->
                                subject.equals(UTF_8.decode(letter.getKey()).toString()))
                        .extracting(DeadLetter::getCode)
                        .containsOnly("UNDECODABLE")
                        .hasSize(2));
    }

    /** The vault has no task topic, so its work waits. */
    @Test
    void aWithdrawnRequestWhoseTasksHaveNotStartedDoesNothing() {
        pipeline.publish(pipeline.topics.systems(), "vault", Documents.system("vault", 1));
        eventually().until(() -> get("/health/ready").body().contains("\"systems\":3"));
        pipeline.publish(
                pipeline.topics.requests(),
                "s-gone",
                Events.submit("r-gone", "s-gone", Action.DELETE, Map.of("email", "g@example.org"), "vault"));
        pipeline.approve(promptFor("r-gone"));
        eventually()
                .until(() -> pipeline.audits("r-gone").stream()
                        .anyMatch(audit -> audit.getState() == RequestState.EXECUTING));

        pipeline.publish(pipeline.topics.requests(), "s-gone", Events.withdraw("r-gone", "s-gone"));

        eventually()
                .untilAsserted(() -> assertThat(closed("r-gone"))
                        .extracting(AuditRecord::getState)
                        .containsExactly(RequestState.CANCELLED));
        pipeline.publish(pipeline.topics.systems(), "vault", (byte[]) null);
        eventually().until(() -> get("/health/ready").body().contains("\"systems\":2"));
        assertThat(closed("r-gone").get(0).getTasks())
                .extracting(TaskDone::getStatus)
                .containsExactly("NOT_STARTED");
        assertThat(revocationsOf("r-gone")).extracting(Revocation::getCode).containsExactly("WITHDRAWN");
    }

    /** The index comes after the shop, which is at work when the approval is taken back and answers only then. */
    @Test
    void aRevokedApprovalIsToldToExecutorsAndNothingMoreGoesOut() {
        pipeline.stopExecuting();
        try {
            pipeline.submit("r-back", "s-back", Action.DELETE);
            pipeline.approve(promptFor("r-back"));
            eventually()
                    .untilAsserted(() -> assertThat(tasksOf("shop", "r-back")).hasSize(1));

            long published = System.nanoTime();
            pipeline.publish(
                    pipeline.topics.decisions(),
                    "s-back",
                    Events.decide("r-back", "s-back", Verdict.REVOKE, "approver-1", null));
            eventually().untilAsserted(() -> assertThat(revocationsOf("r-back")).hasSize(1));
            System.out.printf(
                    "From a decision that revokes to its committed revocation: %d ms%n",
                    Duration.ofNanos(System.nanoTime() - published).toMillis());
            assertThat(closed("r-back")).isEmpty();
        } finally {
            pipeline.startExecuting();
        }
        eventually().untilAsserted(() -> assertThat(closed("r-back")).hasSize(1));
        barrier("s-back");

        assertThat(revocationsOf("r-back")).singleElement().satisfies(revocation -> {
            assertThat(revocation.getCode()).isEqualTo("REVOKED");
            assertThat(revocation.getGrantId())
                    .isEqualTo(tasksOf("shop", "r-back").get(0).getGrant().getGrantId());
        });
        assertThat(tasksOf("shop", "r-back")).hasSize(1);
        assertThat(tasksOf("index", "r-back")).isEmpty();
        assertThat(closed("r-back")).singleElement().satisfies(audit -> {
            assertThat(audit.getState()).isEqualTo(RequestState.EXPIRED);
            assertThat(audit.getCode()).isEqualTo("REVOKED");
            assertThat(audit.getTasks())
                    .extracting(TaskDone::getSystem, TaskDone::getStatus)
                    .containsExactlyInAnyOrder(tuple("shop", "DONE"), tuple("index", "NOT_STARTED"));
        });
    }

    @Test
    void oneRequestCanBeLookedUp() throws IOException, InterruptedException {
        pipeline.submit("r-look", "s look/ü", Action.DELETE);
        promptFor("r-look");

        HttpResponse<String> found = get("/v1/subjects/s%20look%2F%C3%BC/requests/r-look");
        HttpResponse<String> missing = get("/v1/subjects/s%20look%2F%C3%BC/requests/r-other");

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("\"AWAITING_APPROVAL\"").doesNotContain("@");
        assertThat(missing.statusCode()).isEqualTo(404);
    }

    @Test
    void healthAndMetricsAnswer() throws IOException, InterruptedException {
        barrier("s-metrics");

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).contains("\"ready\":true").contains("present");
        assertThat(get("/metrics").body())
                .contains(
                        "quittance_running 1.0",
                        "quittance_lag_records",
                        "quittance_open_requests",
                        "quittance_oldest_open_seconds",
                        "quittance_approval_to_task_seconds_bucket",
                        "quittance_timers",
                        "quittance_freezes 0.0",
                        "quittance_frozen 0.0")
                .doesNotContain("s-metrics");
    }

    /** Returns once everything published about the subject before has been handled, and committed. */
    private void barrier(String subject) {
        String id = "barrier-" + subject + "-" + System.nanoTime();
        pipeline.submit(id, subject, Action.ACCESS);
        eventually().until(() -> closed(id).size() == 1);
    }

    private List<AuditRecord> closed(String requestId) {
        return pipeline.audits(requestId).stream()
                .filter(AuditRecord::getClosed)
                .toList();
    }

    private List<Task> tasksOf(String system, String requestId) {
        return pipeline.tasks(system).stream()
                .filter(task -> task.getRequestId().equals(requestId))
                .toList();
    }

    private List<Revocation> revocationsOf(String requestId) {
        return pipeline.read(pipeline.topics.revocations(), Revocation.class).stream()
                .filter(revocation -> revocation.getRequestId().equals(requestId))
                .toList();
    }

    private ApprovalPrompt promptFor(String requestId) {
        eventually().until(() -> !pipeline.prompts(requestId).isEmpty());
        return pipeline.prompts(requestId).get(0);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(app.restUrl() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
