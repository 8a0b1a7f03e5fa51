package io.quittance.bench.pipeline;

import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.process.ChildJvm;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** One instance of the application in a JVM of its own, started as {@code quittance run} starts it. */
public final class Application implements AutoCloseable {
    private static final String MAIN = "io.quittance.streams.app.Quittance";
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ChildJvm jvm;
    private final Path directory;
    private final String url;

    private Application(ChildJvm jvm, Path directory, String url) {
        this.jvm = jvm;
        this.directory = directory;
        this.url = url;
    }

    /**
     * Starts an instance, without waiting for it.
     *
     * @param instance names its folder and its state: the same again finds it
     */
    static Application start(Surroundings surroundings, PipelineOptions options, String instance) {
        Path directory = surroundings.directory().resolve(instance);
        int port = ListenPort.any().claim("the application");
        Path config = write(directory, properties(surroundings, options, directory.resolve("state"), port));
        var jvm = ChildJvm.start(
                surroundings.reaper(),
                new ChildJvm.Launch(
                        "application",
                        directory,
                        options.classPath(),
                        options.jvmOptions(),
                        MAIN,
                        List.of("run", "--config", config.toString())));
        return new Application(jvm, directory, "http://%s:%d".formatted(ListenPort.HOST, port));
    }

    /** Returns when all of its state is restored and it is at work. */
    void awaitReady() {
        Awaiting.until("the application is ready", START_LIMIT, () -> {
            jvm.requireAlive();
            return get("/health/ready").statusCode() == 200;
        });
    }

    /** Its metrics page. */
    public String metrics() {
        try {
            return get("/metrics").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while metrics were asked for", e);
        }
    }

    public ChildJvm jvm() {
        return jvm;
    }

    /** Holds its log, its configuration and its state. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        jvm.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> properties(
            Surroundings surroundings, PipelineOptions options, Path state, int port) {
        var properties = new TreeMap<String, String>();
        properties.put("bootstrap.servers", surroundings.bootstrapServers());
        properties.put("schema.registry.url", surroundings.registryUrl());
        properties.put("application.id", options.name());
        properties.put("topic.prefix", options.name() + ".");
        properties.put("state.dir", state.toString());
        properties.put("http.port", Integer.toString(port));
        properties.put("num.stream.threads", Integer.toString(options.threads()));
        properties.put("num.standby.replicas", "0");
        properties.putAll(options.settings());
        return properties;
    }

    private static Path write(Path directory, Map<String, String> properties) {
        var file = new Properties();
        file.putAll(properties);
        try {
            Files.createDirectories(directory);
            Path config = directory.resolve("pipeline.properties");
            try (Writer writer = Files.newBufferedWriter(config)) {
                file.store(writer, null);
            }
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
