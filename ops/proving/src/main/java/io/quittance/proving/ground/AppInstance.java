package io.quittance.proving.ground;

import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import io.quittance.harness.Site;
import io.quittance.harness.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One instance of the application, started with the script that users start it with. */
final class AppInstance {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final Path directory;
    private final Site site;
    private final String url;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * @param directory holds its configuration and log
     * @param distribution with {@code bin/quittance}
     */
    AppInstance(
            Reaper reaper,
            Path directory,
            Path distribution,
            Site site,
            int port,
            Map<String, String> settings,
            List<String> jvmArguments) {
        this.reaper = reaper;
        this.directory = directory;
        this.site = site;
        this.url = "http://%s:%d".formatted(site.host(), port);
        this.command = Watched.command(List.of(
                distribution.toAbsolutePath().resolve("bin/quittance").toString(),
                "run",
                "--config",
                write(settings).toString()));
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("QUITTANCE_OPTS", String.join(" ", jvmArguments));
    }

    AppInstance withEnvironment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    Path log() {
        return directory.resolve("app.log");
    }

    /** Starts it and returns when it serves health, which it does before it has work. */
    Process start() {
        try {
            var builder = new ProcessBuilder(site.wrap(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log().toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            reaper.adopt(process.toHandle());
            awaitLife(process);
            return process;
        } catch (IOException e) {
            throw new HarnessException("the application cannot be started in %s".formatted(directory), e);
        }
    }

    /** A process that is not heard of in time would hold port and stores against the next one. */
    private void awaitLife(Process process) {
        try {
            Awaiting.until("the application answers", START_LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new HarnessException("the application ended with exit code %d before it was ready: see %s"
                            .formatted(process.exitValue(), log()));
                }
                return answers("/health/live");
            });
        } catch (HarnessException notInTime) {
            reaper.end(process.toHandle());
            throw notInTime;
        }
    }

    /** Returns when it has its share of the work. */
    void awaitReady(Duration atMost) {
        Awaiting.until("the application is ready: see %s".formatted(log()), atMost, () -> answers("/health/ready"));
    }

    private boolean answers(String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while asking the application", e);
        }
    }

    private Path write(Map<String, String> settings) {
        Path file = directory.resolve("pipeline.properties");
        var properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Small, for there are two of them on the machine of one. */
    static List<String> smallJvm(List<String> more) {
        var all = new ArrayList<>(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true"));
        all.addAll(more);
        return all;
    }
}
