package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quittance.harness.ConnectWorker;
import io.quittance.harness.HarnessException;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin in a real Connect worker, with real Kafka, registry and PostgreSQL. */
@WithHarness
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorIT {
    private static final String ANNA = "anna@example.org";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Shop shop;
    private final Pipeline pipeline;
    private final ConnectWorker connect;
    private final PostgresProcess postgres;
    private final KafkaCluster kafka;
    private final RegistryProcess registry;

    ConnectorIT(@TempDir Path folder, KafkaCluster kafka, RegistryProcess registry, PostgresProcess postgres)
            throws Exception {
        this.postgres = postgres;
        this.shop = new Shop(postgres, "connector_it");
        this.kafka = kafka;
        this.registry = registry;
        this.pipeline = new Pipeline(kafka, registry, "connector-it.").withOrders();
        Path plugin = ConnectWorker.unpackPlugin(pluginZip(), folder);
        this.connect = ConnectWorker.start(
                kafka.bootstrapServers(),
                ConnectWorker.Options.defaults().withGroupId("connector-it").withPluginPath(plugin));
    }

    @BeforeAll
    void startConnector() throws SQLException {
        shop.rebuild();
        connect.createConnector("shop", config());
        connect.awaitRunning("shop");
    }

    @BeforeEach
    void aShopWithTwoCustomers() throws SQLException {
        shop.run("TRUNCATE shop.customers, shop.orders, shop.order_lines, shop.invoices");
        shop.addCustomerWithOrders(1, ANNA);
        shop.addCustomerWithOrders(2, "ben@example.org");
    }

    @AfterAll
    void close() throws SQLException {
        connect.close();
        pipeline.close();
        shop.close();
    }

    @Test
    void aTaskBecomesACompletionAndItsOffsetIsCommitted() throws SQLException {
        Task task = task().build();
        pipeline.issue(task);

        Completion completion = onlyCompletion(task);
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(completion.getExecutor()).startsWith("quittance-jdbc ");
        assertThat(completion.getDatasets())
                .extracting(DatasetOutcome::getAffected)
                .containsExactly(4L);
        assertThat(shop.count("shop.order_lines")).isEqualTo(4);
        await().atMost(LIMIT).until(() -> pipeline.lag("shop") == 0);
    }

    @Test
    void theSameTaskTenTimesIsDoneOnceAndAnsweredTenTimesAlike() throws SQLException {
        Task task = task().build();
        for (int time = 0; time < 10; time++) {
            pipeline.issue(task);
        }

        await().atMost(LIMIT).until(() -> pipeline.completions(task).size() == 10);
        assertThat(pipeline.completions(task))
                .extracting(Completion::getDatasets)
                .containsOnly(pipeline.completions(task).get(0).getDatasets());
        assertThat(pipeline.completions(task)).extracting(Completion::getStatus).containsOnly(CompletionStatus.DONE);
    }

    @Test
    void aTaskWithAnExpiredGrantTouchesNothing() throws SQLException {
        Task task = task().build();
        task.getGrant().setNotAfter(Instant.now().minusSeconds(1));

        assertRefused(task, "GRANT_EXPIRED");
    }

    @Test
    void aTaskWhoseGrantIsNotOpenYetTouchesNothing() throws SQLException {
        Task task = task().build();
        task.getGrant().setNotBefore(Instant.now().plusSeconds(300));

        assertRefused(task, "GRANT_NOT_YET_VALID");
    }

    @Test
    void aTaskForAnotherAudienceTouchesNothing() throws SQLException {
        Task granted = task().build();
        granted.getGrant().setSystems(List.of("crm"));
        assertRefused(granted, "WRONG_AUDIENCE");

        assertRefused(task().setSystem("crm").build(), "WRONG_AUDIENCE");
    }

    @Test
    void aTaskWithARevokedGrantTouchesNothing() throws SQLException {
        Task task = task().build();
        pipeline.revoke(task);

        assertRefused(task, "REVOKED");
    }

    @Test
    void frozenWorkTouchesNothingAndIsDoneOnceTheFreezeIsLifted() throws SQLException {
        pipeline.freeze("incident-7");
        assertRefused(task().build(), "FROZEN");

        pipeline.lift("incident-7");
        Task again = task().build();
        pipeline.issue(again);
        assertThat(onlyCompletion(again).getStatus()).isEqualTo(CompletionStatus.DONE);
    }

    @Test
    void whereSignaturesAreDemandedOnlyWhatThePipelineSignedIsDone(@TempDir Path folder) throws Exception {
        GrantKey key = new GrantKey();
        try (Pipeline other = new Pipeline(kafka, registry, "signed-it.").withOrders()) {
            Map<String, String> config = config(other);
            config.put("grant.jwks", key.publish(folder).toString());
            connect.createConnector("signed", config);
            Task unsigned = task().build();
            Task forged = new GrantKey().sign(other.topics(), task().build());
            Task altered = key.sign(other.topics(), task().build());
            altered.setIdentifiers(new Identifiers(Map.of("email", "ben@example.org"), null));
            List.of(unsigned, forged, altered).forEach(other::issue);

            assertThat(onlyCompletion(other, unsigned).getCode()).isEqualTo("GRANT_SIGNATURE_MISSING");
            assertThat(onlyCompletion(other, forged).getCode()).isEqualTo("GRANT_SIGNATURE_KEY_UNKNOWN");
            assertThat(onlyCompletion(other, altered).getCode()).isEqualTo("GRANT_ALTERED");
            assertThat(shop.count("shop.order_lines")).isEqualTo(8);

            Task genuine = key.sign(other.topics(), task().build());
            other.issue(genuine);
            assertThat(onlyCompletion(other, genuine).getStatus()).isEqualTo(CompletionStatus.DONE);
            assertThat(shop.count("shop.order_lines")).isEqualTo(4);
        } finally {
            connect.delete("signed");
        }
    }

    @Test
    void anExecutorThatWasJustStartedHonoursWhatWasOrderedBefore() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "late-it.").withOrders()) {
            Task revoked = task().build();
            Task frozen = task().build();
            other.revoke(revoked);
            other.freeze("incident-7");
            other.issue(revoked);
            other.issue(frozen);

            connect.createConnector("late", config(other));

            assertThat(onlyCompletion(other, revoked).getCode()).isEqualTo("REVOKED");
            assertThat(onlyCompletion(other, frozen).getCode()).isEqualTo("FROZEN");
            assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        } finally {
            connect.delete("late");
        }
    }

    /**
     * The task has begun and its transaction waits for a lock when the order comes; the order is acknowledged before
     * the lock is let go. The executor then looks again before it commits, so however little time lies between, nothing
     * of the work lasts.
     */
    @Test
    void anOrderThatComesWhileTheWorkIsUnderWayUndoesIt() throws Exception {
        assertUndone("REVOKED", pipeline::revoke);
        assertUndone("FROZEN", task -> pipeline.freeze("incident-8"));
        pipeline.lift("incident-8");
    }

    private void assertUndone(String code, Consumer<Task> order) throws Exception {
        Task task = task().build();
        try (Connection holder = shop.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT * FROM shop.order_lines FOR UPDATE");
            pipeline.issue(task);
            await().atMost(LIMIT).until(() -> shop.waitingForLocks() > 0);

            order.accept(task);
            holder.rollback();
        }

        long ordered = System.nanoTime();
        Completion completion = onlyCompletion(task);
        System.out.printf(
                "ConnectorIT: %s reached an executor and was answered within %d ms%n",
                code, Duration.ofNanos(System.nanoTime() - ordered).toMillis());
        assertThat(completion.getCode()).isEqualTo(code);
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.REFUSED);
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    @Test
    void aGrantForSomethingElseTouchesNothing() throws SQLException {
        Task task = task().build();
        task.getGrant().setAction(Action.ACCESS);
        assertRefused(task, "GRANT_MISMATCH");

        Task other = task().build();
        other.getGrant().setSubjectId("subject-2");
        assertRefused(other, "GRANT_MISMATCH");
    }

    @Test
    void aTaskWithMoreThanAMegabyteOfIdentifiersIsRefused() throws SQLException {
        Task task = task().setIdentifiers(new Identifiers(Map.of("email", "x".repeat(1_100_000)), null))
                .build();

        assertRefused(task, "TASK_TOO_LARGE");
    }

    @Test
    void aTaskOfAnAbortedTransactionIsNeverSeen() throws SQLException {
        Task aborted = task().build();
        pipeline.issueAndAbort(aborted);
        Task following = task().setDatasets(List.of(Shop.invoices().build())).build();
        pipeline.issue(following);

        assertThat(onlyCompletion(following).getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(pipeline.completions(aborted)).isEmpty();
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    @Test
    void bytesThatAreNoTaskAreDeadLetteredAndTheNextTaskIsDone() {
        byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
        pipeline.issueBytes(garbage);
        Task following = task().build();
        pipeline.issue(following);

        assertThat(onlyCompletion(following).getStatus()).isEqualTo(CompletionStatus.DONE);
        await().atMost(LIMIT).until(() -> !pipeline.deadLetters().isEmpty());
        assertThat(pipeline.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCode()).isEqualTo("UNDECODABLE");
            assertThat(letter.getTopic()).isEqualTo("connector-it.tasks.shop");
            assertThat(letter.getValue().array()).isEqualTo(garbage);
        });
        await().atMost(LIMIT).until(() -> pipeline.lag("shop") == 0);
    }

    @Test
    void aReadUncommittedConfigurationIsRefused() {
        Map<String, String> config = config();
        config.put("consumer.override.isolation.level", "read_uncommitted");

        assertThatThrownBy(() -> connect.createConnector("uncommitted", config))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("consumer.override.isolation.level must be read_committed");
        assertThat(connect.connectors()).doesNotContain("uncommitted");
    }

    @Test
    void aConfigurationThatWouldLoseOrMisreadTasksIsRefused() {
        assertConfigurationIsRefused("consumer.override.auto.offset.reset", "latest", "must be earliest");
        assertConfigurationIsRefused(
                "value.converter", "org.apache.kafka.connect.json.JsonConverter", "value.converter must be");
        assertConfigurationIsRefused("topics", "connector-it.tasks.crm", "topics must be connector-it.tasks.shop");
        assertConfigurationIsRefused("connection.url", "jdbc:postgresql://h/d?password=x", "must not hold a password");
    }

    @Test
    void aCompletionThatKafkaDoesNotTakeIsNeverSkipped() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "unanswered-it.").withOrders()) {
            other.limitCompletions(50);
            connect.createConnector("unanswered", config(other));
            Task task = task().build();
            other.issue(task);
            await().atMost(LIMIT)
                    .until(() -> connect.status("unanswered").tasks().stream()
                            .anyMatch(status -> status.state().equals("FAILED")));
            assertThat(other.lag("unanswered")).isEqualTo(1);
            assertThat(shop.count("shop.order_lines")).isEqualTo(4);

            other.limitCompletions(1_000_000);
            connect.restart("unanswered");
            Completion completion = onlyCompletion(other, task);
            assertThat(completion.getStatus()).isEqualTo(CompletionStatus.DONE);
            assertThat(completion.getDatasets())
                    .as("what was done the first time")
                    .extracting(DatasetOutcome::getAffected)
                    .containsExactly(4L);
            await().atMost(LIMIT).until(() -> other.lag("unanswered") == 0);
        } finally {
            connect.delete("unanswered");
        }
    }

    @Test
    void noOffsetIsCommittedBeyondATaskThatIsNotAnswered() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "order-it.").withOrders();
                Connection holder = shop.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT * FROM shop.order_lines FOR UPDATE");
            Task first = taskForNobody("subject-1");
            Task held = task().setSubjectId("subject-2").build();
            held.getGrant().setSubjectId("subject-2");
            Task last = taskForNobody("subject-3");
            other.issueInOrder(first, held, last);
            connect.createConnector("order", config(other));

            onlyCompletion(other, first);
            onlyCompletion(other, last);
            await().atMost(LIMIT).until(() -> other.lag("order") == 2);
            await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> other.lag("order") == 2);

            holder.rollback();
            assertThat(onlyCompletion(other, held).getStatus()).isEqualTo(CompletionStatus.DONE);
            await().atMost(LIMIT).until(() -> other.lag("order") == 0);
        } finally {
            connect.delete("order");
        }
    }

    private static Task taskForNobody(String subject) {
        Task task = task().setSubjectId(subject)
                .setIdentifiers(new Identifiers(Map.of("email", "nobody@example.org"), null))
                .build();
        task.getGrant().setSubjectId(subject);
        return task;
    }

    @Test
    void revocationsThatCannotBeReadPermitNothing() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "unreadable-it.")) {
            Map<String, String> config = config(other);
            config.put("executor.revocations.timeout.ms", "300");
            connect.createConnector("unreadable", config);
            Task task = task().build();
            other.issue(task);

            Completion completion = onlyCompletion(other, task);
            assertThat(completion.getStatus()).isEqualTo(CompletionStatus.FAILED);
            assertThat(completion.getRetryable()).isTrue();
            assertThat(completion.getCode()).isEqualTo("REVOCATIONS_UNREADABLE");
            assertThat(shop.count("shop.order_lines")).isEqualTo(8);
        } finally {
            connect.delete("unreadable");
        }
    }

    @Test
    void moreTasksThanTheWindowHoldsAreAllAnsweredAndCommitted() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "window-it.").withOrders()) {
            List<Task> tasks = issueForManySubjects(other, 24);
            connect.createConnector("window", narrow(other));

            for (Task task : tasks) {
                assertThat(onlyCompletion(other, task).getStatus()).isEqualTo(CompletionStatus.DONE);
            }
            await().atMost(LIMIT).until(() -> other.lag("window") == 0);
        } finally {
            connect.delete("window");
        }
    }

    @Test
    void noTaskIsLostWhenPartitionsMoveToAnotherConnectTask() throws Exception {
        try (Pipeline other = new Pipeline(kafka, registry, "moving-it.").withOrders()) {
            List<Task> tasks = issueForManySubjects(other, 24);
            Map<String, String> config = narrow(other);
            connect.createConnector("moving", config);
            await().atMost(LIMIT).until(() -> !other.completions(tasks.get(0)).isEmpty());
            config.put("tasks.max", "2");
            connect.createConnector("moving", config);

            for (Task task : tasks) {
                await().atMost(LIMIT).until(() -> !other.completions(task).isEmpty());
                assertThat(other.completions(task))
                        .extracting(Completion::getStatus)
                        .containsOnly(CompletionStatus.DONE);
            }
            await().atMost(LIMIT).until(() -> other.lag("moving") == 0);
        } finally {
            connect.delete("moving");
        }
    }

    private Map<String, String> narrow(Pipeline of) {
        Map<String, String> config = config(of);
        config.put("executor.window", "3");
        config.put("consumer.override.max.poll.records", "5");
        return config;
    }

    private static List<Task> issueForManySubjects(Pipeline to, int count) {
        List<Task> tasks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Task task = task().setSubjectId("subject-" + number % 7).build();
            task.getGrant().setSubjectId(task.getSubjectId());
            tasks.add(task);
            to.issue(task);
        }
        return tasks;
    }

    @Test
    void thePluginsZipLeavesOutWhatAWorkerBrings() throws IOException {
        try (ZipFile zip = new ZipFile(pluginZip().toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .anyMatch(name -> name.matches("[^/]+/executor-jdbc-[^/]+[.]jar"))
                    .anyMatch(name -> name.matches("[^/]+/postgresql-[^/]+[.]jar"))
                    .noneMatch(name -> name.matches(".*/(kafka-clients|connect-api|slf4j-api|harness)-.*"));
        }
    }

    private void assertConfigurationIsRefused(String key, String value, String message) {
        Map<String, String> config = config();
        config.put(key, value);
        assertThatThrownBy(() -> connect.createConnector("wrong", config)).hasMessageContaining(message);
    }

    private void assertRefused(Task task, String code) throws SQLException {
        pipeline.issue(task);

        Completion completion = onlyCompletion(task);
        assertThat(completion.getStatus()).isEqualTo(CompletionStatus.REFUSED);
        assertThat(completion.getCode()).isEqualTo(code);
        assertThat(completion.getDetail()).isNotBlank().doesNotContain(ANNA);
        assertThat(completion.getDatasets()).isEmpty();
        assertThat(shop.count("shop.order_lines")).isEqualTo(8);
    }

    private Completion onlyCompletion(Task task) {
        return onlyCompletion(pipeline, task);
    }

    private static Completion onlyCompletion(Pipeline from, Task task) {
        await().atMost(LIMIT).until(() -> !from.completions(task).isEmpty());
        assertThat(from.completions(task)).hasSize(1);
        return from.completions(task).get(0);
    }

    /** Deletes Anna's order lines. */
    private static Task.Builder task() {
        Instant now = Instant.now();
        Task task = Given.task(Action.DELETE, ANNA, Shop.orderLines().build()).build();
        Grant grant = task.getGrant();
        grant.setNotBefore(now.minusSeconds(1));
        grant.setNotAfter(now.plusSeconds(600));
        return Task.newBuilder(task).setIssuedAt(now).setDeadline(now.plusSeconds(900));
    }

    private Map<String, String> config() {
        return config(pipeline);
    }

    private Map<String, String> config(Pipeline of) {
        Map<String, String> config = of.connectorConfig();
        config.put("connection.url", shop.url());
        config.put("connection.user", postgres.user());
        config.put("connection.password", postgres.password());
        return config;
    }

    private static Path pluginZip() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
