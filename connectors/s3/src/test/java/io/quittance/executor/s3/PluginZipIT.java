package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.harness.ConnectWorker;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The zip holds all that a worker does not bring: seen without this test's own class path. */
@WithHarness
class PluginZipIT {
    private final S3Process s3;

    PluginZipIT(S3Process s3) {
        this.s3 = s3;
    }

    @Test
    void startsFromItsZipAlone(@TempDir Path folder) throws Exception {
        try (URLClassLoader worker = new URLClassLoader(workerJars(), ClassLoader.getPlatformClassLoader());
                URLClassLoader plugin = new URLClassLoader(jarsOf(folder), worker)) {
            Class<?> connectorType = worker.loadClass(SinkConnector.class.getName());
            Object connector =
                    ServiceLoader.load(connectorType, plugin).iterator().next();
            assertThat(connector.getClass().getName()).isEqualTo(S3ExecutorConnector.class.getName());
            assertThat(connector.getClass().getClassLoader()).isSameAs(plugin);
            Class<?> taskType = (Class<?>) connectorType.getMethod("taskClass").invoke(connector);
            Object task = taskType.getConstructor().newInstance();

            Thread.currentThread().setContextClassLoader(plugin);
            taskType.getMethod("start", Map.class).invoke(task, config(folder));
            taskType.getMethod("stop").invoke(task);
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void holdsNothingThatTheWorkerBrings(@TempDir Path folder) throws Exception {
        assertThat(jarsOf(folder))
                .extracting(jar -> Path.of(jar.getPath()).getFileName().toString())
                .noneMatch(name -> name.matches("(kafka-clients|connect-api|slf4j-api|logback).*"))
                .anyMatch(name -> name.startsWith("executor-s3"));
    }

    private Map<String, String> config(Path folder) throws IOException {
        Path jwks = Files.writeString(folder.resolve("grants.json"), "{\"keys\":[]}");
        Map<String, String> config =
                new HashMap<>(Given.config(s3, "receipts", Map.of()).originalsStrings());
        config.putAll(Map.of(
                "topics", "privacy.tasks.archive",
                "grant.jwks", jwks.toString(),
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                "consumer.override.isolation.level", "read_committed",
                "consumer.override.auto.offset.reset", "earliest"));
        return config;
    }

    private static URL[] workerJars() {
        return Stream.of(SinkTask.class, KafkaProducer.class, Logger.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
    }

    private static URL[] jarsOf(Path folder) throws IOException {
        Path unpacked = ConnectWorker.unpackPlugin(zip(), folder);
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }

    private static Path zip() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
