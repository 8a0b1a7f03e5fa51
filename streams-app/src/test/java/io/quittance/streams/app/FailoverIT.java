package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import io.quittance.schema.Task;
import io.quittance.streams.config.AppConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold while instances come and go: every request closes, and closes once. */
@WithHarness
class FailoverIT {

    @Test
    void aHardStopBetweenDecisionAndCompletionsLosesAndRepeatsNothing(
            KafkaCluster kafka, RegistryProcess registry, @TempDir Path before, @TempDir Path after) throws Exception {
        int requests = 30;
        try (var pipeline = new RealPipeline("crash", kafka, registry);
                var doomed = ChildInstance.start(pipeline.properties(before.resolve("state")), before)) {
            for (int i = 0; i < requests; i++) {
                pipeline.submit("r-" + i, "s-" + i, Action.DELETE);
            }
            eventually().until(() -> pipeline.prompts().size() == requests);
            pipeline.prompts().forEach(pipeline::approve);
            eventually().until(() -> pipeline.tasks("shop").size() >= requests / 3);

            doomed.kill();

            try (var successor = pipeline.instance(after.resolve("state")).start()) {
                pipeline.startExecuting();
                eventually().until(() -> closedOnes(pipeline).size() == requests);
                assertClosedOnce(pipeline, requests);
                assertThat(pipeline.tasks("shop")).extracting(Task::getTaskId).doesNotHaveDuplicates();
                assertThat(pipeline.deadLetters()).isEmpty();
                assertThat(successor.isRunning()).isTrue();
            }
        }
    }

    @Test
    void instancesComeAndGoUnderLoad(KafkaCluster kafka, RegistryProcess registry, @TempDir Path one, @TempDir Path two)
            throws Exception {
        int requests = 150;
        Set<String> approved = new HashSet<>();
        try (var pipeline = new RealPipeline("rebalance", kafka, registry)) {
            pipeline.startExecuting();
            QuittanceApp first = reachable(pipeline, one).start();
            assertThat(first.awaitRunning(Duration.ofSeconds(60))).isTrue();
            submit(pipeline, 0, requests / 3);
            try (var second = reachable(pipeline, two).start()) {
                submit(pipeline, requests / 3, 2 * requests / 3);
                approveAll(pipeline, approved, 2 * requests / 3);
                assertThat(second.awaitRunning(Duration.ofSeconds(60))).isTrue();
                eventually().until(() -> canLookUpAnything(first, second));
                submit(pipeline, 2 * requests / 3, requests);

                first.close();
                approveAll(pipeline, approved, requests);

                eventually().until(() -> closedOnes(pipeline).size() == requests);
                assertClosedOnce(pipeline, requests);
                assertThat(pipeline.deadLetters()).isEmpty();
            } finally {
                first.close();
            }
        }
    }

    private static void submit(RealPipeline pipeline, int from, int to) {
        for (int i = from; i < to; i++) {
            pipeline.submit("r-" + i, "s-" + i, Action.DELETE);
        }
    }

    /** Approves whatever is waiting until that many have been approved in all. */
    private static void approveAll(RealPipeline pipeline, Set<String> approved, int total) {
        eventually().until(() -> {
            for (ApprovalPrompt prompt : pipeline.prompts()) {
                if (approved.add(prompt.getRequestId())) {
                    pipeline.approve(prompt);
                }
            }
            return approved.size() >= total;
        });
    }

    /** Whichever instance is asked, and whichever has the subject. */
    private static boolean canLookUpAnything(QuittanceApp first, QuittanceApp second)
            throws IOException, InterruptedException {
        for (QuittanceApp asked : List.of(first, second)) {
            for (int i = 0; i < 10; i++) {
                if (lookUp(asked, i) != 200) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int lookUp(QuittanceApp asked, int request) throws IOException, InterruptedException {
        var uri = URI.create(asked.restUrl() + "/v1/subjects/s-" + request + "/requests/r-" + request);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static QuittanceApp reachable(RealPipeline pipeline, Path directory) throws IOException {
        try (var free = new ServerSocket(0)) {
            Map<String, String> properties = pipeline.properties(directory.resolve("state"));
            properties.put("http.port", Integer.toString(free.getLocalPort()));
            properties.put("application.server", "127.0.0.1:" + free.getLocalPort());
            return new QuittanceApp(AppConfig.from(properties));
        }
    }

    private static Set<String> closedOnes(RealPipeline pipeline) {
        return pipeline.closedAudits().stream().map(AuditRecord::getRequestId).collect(Collectors.toSet());
    }

    private static void assertClosedOnce(RealPipeline pipeline, int requests) {
        List<AuditRecord> closed = new ArrayList<>(pipeline.closedAudits());
        assertThat(closed).hasSize(requests);
        assertThat(closed).extracting(AuditRecord::getRequestId).doesNotHaveDuplicates();
        assertThat(closed).extracting(AuditRecord::getState).containsOnly(RequestState.FULFILLED);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
