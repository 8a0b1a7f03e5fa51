package io.quittance.quickstart.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.harness.Reaper;
import io.quittance.quickstart.stack.Hosting;
import io.quittance.quickstart.stack.Ports;
import io.quittance.quickstart.stack.Stack;
import io.quittance.quickstart.story.Narrator;
import io.quittance.quickstart.story.Story;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import picocli.CommandLine.Help.Ansi;

/**
 * The story that {@code QuickstartIT} plays on a broker in this JVM, played on Kafka as others package it; and on
 * PostgreSQL as others package it, where its image is to be had. Skipped, with a line that says why, where there is no
 * engine or no image.
 */
class ContainersIT {
    private static final String KAFKA_IMAGE = System.getProperty("kafka.image");
    private static final String POSTGRES_IMAGE = System.getProperty("postgres.image");
    private static final Path TARGET = Path.of("target");
    private static final ByteArrayOutputStream TERMINAL = new ByteArrayOutputStream();
    private static final Deque<AutoCloseable> PARTS = new ArrayDeque<>();

    private static KafkaContainer kafka;
    private static PostgreSQLContainer postgres;
    private static Stack stack;

    @BeforeAll
    static void start() throws InterruptedException {
        skipUnless(Docker.isThere(), "no Docker engine answers");
        skipUnless(Docker.has(KAFKA_IMAGE), "the image " + KAFKA_IMAGE + " is neither here nor can it be pulled");
        // Topics are made on purpose, as in production: one that was forgotten has to be missed.
        kafka = started(new KafkaContainer(KAFKA_IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"));
        if (Docker.has(POSTGRES_IMAGE)) {
            postgres = started(new PostgreSQLContainer(POSTGRES_IMAGE).withDatabaseName("shop"));
        } else {
            say("PostgreSQL is a process: the image " + POSTGRES_IMAGE + " is neither here nor can it be pulled");
        }
        var reaper = opened(Reaper.temporary(TARGET));
        stack = opened(Stack.start(
                reaper, Ports.any(), TARGET.resolve("plugins"), ContainersIT::onContainers, narrator()::plain));
    }

    @AfterAll
    static void stop() throws Exception {
        while (!PARTS.isEmpty()) {
            PARTS.pop().close();
        }
    }

    @Test
    void theStoryHoldsOnContainers() {
        try (var stage = stack.stage(narrator())) {
            Story.play(stage);
        }

        assertThat(TERMINAL.toString(StandardCharsets.UTF_8)).contains("FULFILLED", "EXPIRED", "CANCELLED", "DENIED");
    }

    @Test
    void thePipelinesTopicsAreInTheContainer() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .contains(stack.connection().topics().audit());
        }
    }

    @Test
    void theShopsRowsAreInTheContainer() throws SQLException {
        Assumptions.assumeTrue(postgres != null, "PostgreSQL is not in a container");
        try (var connection = postgres.createConnection("");
                var select = connection.prepareStatement("select count(*) from shop.products");
                var rows = select.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).isPositive();
        }
    }

    private static Hosting onContainers(Hosting usual) {
        Hosting brought = usual.withBrokers(kafka.getBootstrapServers());
        return postgres == null
                ? brought
                : brought.withDatabase(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    }

    private static void skipUnless(boolean there, String otherwise) {
        if (!there) {
            say("skipped: " + otherwise);
        }
        Assumptions.assumeTrue(there, otherwise);
    }

    /** On the terminal, because a build tells of a skipped test only its number. */
    private static void say(String line) {
        System.out.println("ContainersIT: " + line);
    }

    private static <T extends Startable> T started(T container) {
        opened(container).start();
        return container;
    }

    private static <T extends AutoCloseable> T opened(T part) {
        PARTS.push(part);
        return part;
    }

    private static Narrator narrator() {
        return new Narrator(new PrintStream(TERMINAL, true, StandardCharsets.UTF_8), Ansi.OFF);
    }
}
