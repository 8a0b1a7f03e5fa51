package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.SpecificAvroSerde;
import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.LimitRate;
import io.quittance.schema.RequestState;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Task;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.Events;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit holds over the whole cluster, at every moment, whoever dies. */
@WithHarness
class LimitIT {
    private static final int REQUESTS = 100;
    private static final int AT_ONCE = 5;
    private static final int PER_WINDOW = 20;
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void neverAreMoreOutThanTheLimitThoughItsKeeperIsKilled(
            KafkaCluster kafka, RegistryProcess registry, @TempDir Path directory) throws Exception {
        try (var pipeline = new RealPipeline("limited", kafka, registry);
                var executor = new Executor(kafka, registry, pipeline);
                var instances = new Instances(pipeline, directory)) {
            publishDocuments(pipeline);
            instances.start(3);
            for (int i = 0; i < REQUESTS; i++) {
                pipeline.submit("r-" + i, "s-" + i, Action.DELETE);
            }

            // The shop is stuck: nobody answers. The other system's work goes on as if nothing were.
            executor.runUntil(() -> executor.seen("index") == REQUESTS && executor.out() == AT_ONCE);
            assertThat(executor.seen("shop")).isEqualTo(AT_ONCE);

            executor.answerTheShop();
            executor.runUntil(() -> executor.seen("shop") > REQUESTS / 3);
            instances.killTheLimiter();
            executor.runUntil(() -> executor.seen("shop") == REQUESTS && executor.out() == 0);

            await().atMost(PATIENCE).until(() -> pipeline.closedAudits().size() == REQUESTS);
            assertThat(pipeline.closedAudits())
                    .extracting(AuditRecord::getState)
                    .containsOnly(RequestState.FULFILLED);
            assertThat(executor.mostOut).isEqualTo(AT_ONCE);
            assertThat(executor.unfamiliar).as("no attempt came twice").isEmpty();
            assertThatNoWindowIsOverfull(pipeline);
            await().atMost(PATIENCE).untilAsserted(() -> assertThatNothingIsKept(pipeline));
            assertThat(pipeline.deadLetters()).isEmpty();
        }
    }

    private static void publishDocuments(RealPipeline pipeline) {
        Topics topics = Topics.withPrefix("limited.");
        var unattended = Documents.rule("retention", "request.action == 'DELETE'", RuleOutcome.APPROVE)
                .build();
        pipeline.publish(topics.policies(), "default", Documents.policy(2, unattended));
        pipeline.publish(topics.systems(), "index", Documents.system("index", 2));
        LimitDocument limit = Documents.limit("shop-deletes", 1, AT_ONCE, "shop");
        limit.setPerWindow(new LimitRate(PER_WINDOW, WINDOW.toMillis()));
        pipeline.publish(topics.limits(), "shop-deletes", limit);
    }

    private static void assertThatNoWindowIsOverfull(RealPipeline pipeline) {
        List<Instant> given = pipeline.read("limited.limit-permits", LimitPermit.class).stream()
                .map(LimitPermit::getPermittedAt)
                .sorted()
                .toList();
        assertThat(given).hasSize(REQUESTS);
        assertThat(IntStream.range(PER_WINDOW, given.size()))
                .allSatisfy(i -> assertThat(Duration.between(given.get(i - PER_WINDOW), given.get(i)))
                        .isGreaterThanOrEqualTo(WINDOW));
    }

    private static void assertThatNothingIsKept(RealPipeline pipeline) {
        Set<String> kept = new HashSet<>();
        for (LimitClaim claim : pipeline.read("limited.limit-claims", LimitClaim.class)) {
            switch (claim.getKind()) {
                case CLAIM -> kept.add(claim.getClaimId());
                case RELEASE -> kept.remove(claim.getClaimId());
                case UNKNOWN -> throw new AssertionError("a claim of no kind");
            }
        }
        assertThat(kept).isEmpty();
    }

    /**
     * Reads tasks as an executor does, and answers. One thread: whatever it has answered is no longer out when it reads
     * on, so that what it counts is never less than what is out.
     */
    private static final class Executor implements AutoCloseable {
        private final RealPipeline pipeline;
        private final KafkaConsumer<String, byte[]> consumer;
        private final SpecificAvroSerde<Task> serde;
        private final Deque<Task> shop = new ArrayDeque<>();
        private final Set<String> attempts = new HashSet<>();
        private final List<String> unfamiliar = new ArrayList<>();
        private int shopSeen;
        private int indexSeen;
        private int mostOut;
        private boolean answering;

        Executor(KafkaCluster kafka, RegistryProcess registry, RealPipeline pipeline) {
            this.pipeline = pipeline;
            this.serde = ContractSerdes.of(Task.class, Map.of("schema.registry.url", registry.url()));
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", kafka.bootstrapServers(),
                            "isolation.level", "read_committed",
                            "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(List.of("limited.tasks.shop", "limited.tasks.index").stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
        }

        void answerTheShop() {
            answering = true;
        }

        int out() {
            return shop.size();
        }

        int seen(String system) {
            return system.equals("shop") ? shopSeen : indexSeen;
        }

        void runUntil(BooleanSupplier done) {
            Instant end = Instant.now().plus(PATIENCE);
            while (!done.getAsBoolean()) {
                assertThat(Instant.now())
                        .as("shop %d seen, %d out; index %d seen", shopSeen, out(), indexSeen)
                        .isBefore(end);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    see(serde.deserializer().deserialize(record.topic(), record.value()));
                }
                mostOut = Math.max(mostOut, out());
                if (answering && !shop.isEmpty()) {
                    answer(shop.remove());
                }
            }
        }

        private void see(Task task) {
            if (!attempts.add(task.getTaskId() + "#" + task.getAttempt())) {
                unfamiliar.add(task.getTaskId());
            } else if (task.getSystem().equals("shop")) {
                shopSeen++;
                shop.add(task);
            } else {
                indexSeen++;
                answer(task);
            }
        }

        private void answer(Task task) {
            pipeline.publish("limited.completions", task.getSubjectId(), Events.done(task));
        }

        @Override
        public void close() {
            consumer.close();
            serde.close();
        }
    }

    private static final class Instances implements AutoCloseable {
        private final RealPipeline pipeline;
        private final Path directory;
        private final List<Integer> ports = new ArrayList<>();
        private final List<ChildInstance> children = new ArrayList<>();

        Instances(RealPipeline pipeline, Path directory) {
            this.pipeline = pipeline;
            this.directory = directory;
        }

        void start(int many) throws IOException {
            for (int i = 0; i < many; i++) {
                Path own = Files.createDirectories(directory.resolve("instance-" + i));
                Map<String, String> properties = pipeline.properties(own.resolve("state"));
                int port = freePort();
                properties.put("http.port", Integer.toString(port));
                ports.add(port);
                children.add(ChildInstance.start(properties, own));
            }
        }

        void killTheLimiter() throws InterruptedException {
            for (int i = 0; i < ports.size(); i++) {
                if (metrics(ports.get(i)).contains("quittance_limit_held{limit=\"shop-deletes\"}")) {
                    children.get(i).kill();
                    return;
                }
            }
            throw new AssertionError("nobody keeps the limits");
        }

        private static String metrics(int port) throws InterruptedException {
            try {
                var uri = URI.create("http://127.0.0.1:" + port + "/metrics");
                return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (IOException unreachable) {
                return "";
            }
        }

        private static int freePort() throws IOException {
            try (var free = new ServerSocket(0)) {
                return free.getLocalPort();
            }
        }

        @Override
        public void close() {
            children.forEach(ChildInstance::close);
        }
    }
}
