package io.quittance.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A schema registry (Apicurio, speaking Confluent's API), in memory, that refuses what is not {@value #COMPATIBILITY}
 * compatible. Its own default would accept everything.
 */
public final class RegistryProcess implements AutoCloseable {
    private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String API = "/apis/ccompat/v7";

    private final Reaper reaper;
    private final Process process;
    private final String url;

    private RegistryProcess(Reaper reaper, Process process, String url) {
        this.reaper = reaper;
        this.process = process;
        this.url = url;
    }

    /**
     * What a server is to look like.
     *
     * @param port where it listens
     */
    public record Options(ListenPort port) {
        public static Options defaults() {
            return new Options(ListenPort.any());
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed);
        }
    }

    /**
     * Starts the registry and returns when it answers and the compatibility rule stands.
     *
     * @throws HarnessException when the port is taken or the registry does not come up
     */
    public static RegistryProcess start(Reaper reaper, Options options) {
        Path directory = Directories.create(reaper.directory().resolve("registry"));
        int port = options.port().claim("the schema registry");
        var jvm = new ChildJvm(
                "registry",
                directory,
                runner().toString(),
                "io.quarkus.runner.GeneratedMain",
                "192m",
                List.of(),
                Map.of("QUARKUS_HTTP_HOST", ListenPort.HOST, "QUARKUS_HTTP_PORT", Integer.toString(port)));
        Process process = jvm.start(reaper);
        try {
            var http = new LocalHttp("http://%s:%d".formatted(ListenPort.HOST, port));
            Awaiting.until("the schema registry answers", START_LIMIT, () -> {
                jvm.requireAlive(process);
                return http.get("/health/ready").isSuccess();
            });
            requireCompatibility(http);
        } catch (RuntimeException e) {
            ChildJvm.stop(reaper, process);
            throw e;
        }
        return new RegistryProcess(reaper, process, "http://%s:%d%s".formatted(ListenPort.HOST, port, API));
    }

    /** For {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        ChildJvm.stop(reaper, process);
    }

    private static Path runner() {
        try (var jars = Files.newDirectoryStream(Bundle.REGISTRY.unpacked(), "*-runner.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new HarnessException("the unpacked schema registry cannot be read", e);
        }
    }

    private static void requireCompatibility(LocalHttp http) {
        Awaiting.until(
                "the schema registry takes the compatibility rule " + COMPATIBILITY,
                Duration.ofSeconds(10),
                () -> http.put(API + "/config", Map.of("compatibility", COMPATIBILITY))
                        .isSuccess());
    }
}
