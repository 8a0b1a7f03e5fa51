package io.quittance.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A schema registry (Apicurio, speaking Confluent's API) that refuses what is not {@value #COMPATIBILITY} compatible.
 * Its own default would accept everything.
 */
public final class RegistryProcess implements AutoCloseable {
    private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
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
     * @param site where it runs
     * @param kept whether schemas are in a file, so that they are there again after a restart on the same directory;
     *     else in memory
     */
    public record Options(ListenPort port, Site site, boolean kept) {
        public static Options defaults() {
            return new Options(ListenPort.any(), Site.here(), false);
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed, site, kept);
        }

        public Options withSite(Site changed) {
            return new Options(port, changed, kept);
        }

        public Options withKept(boolean changed) {
            return new Options(port, site, changed);
        }
    }

    /**
     * Starts the registry and returns when it answers and the compatibility rule stands.
     *
     * @throws HarnessException when the port is taken or the registry does not come up
     */
    public static RegistryProcess start(Reaper reaper, Options options) {
        Path directory = Directories.create(reaper.directory().resolve("registry"));
        String host = options.site().host();
        int port = options.site().claim(options.port(), "the schema registry");
        var jvm = new ChildJvm(
                        "registry",
                        directory,
                        runner().toString(),
                        "io.quarkus.runner.GeneratedMain",
                        "192m",
                        List.of(),
                        environment(host, port, options.kept(), directory))
                .at(options.site())
                .withKeptLog(options.kept());
        Process process = jvm.start(reaper);
        try {
            var http = new LocalHttp("http://%s:%d".formatted(host, port));
            Awaiting.until("the schema registry answers", START_LIMIT, () -> {
                jvm.requireAlive(process);
                return http.get("/health/ready").isSuccess();
            });
            requireCompatibility(http);
        } catch (RuntimeException e) {
            ChildJvm.stop(reaper, process);
            throw e;
        }
        return new RegistryProcess(reaper, process, "http://%s:%d%s".formatted(host, port, API));
    }

    /** For {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    /** The server's. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        ChildJvm.stop(reaper, process);
    }

    private static Map<String, String> environment(String host, int port, boolean kept, Path directory) {
        var environment = new HashMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", host);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        // Its own twenty connections, each wanted within 5 s, are more than a busy machine opens in time.
        environment.put("_PROD_QUARKUS_DATASOURCE_JDBC_INITIAL_SIZE", "1");
        environment.put("_PROD_QUARKUS_DATASOURCE_JDBC_MIN_SIZE", "1");
        environment.put("QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "60S");
        if (kept) {
            // Without a delay, or what was answered in the second before a kill would be gone.
            environment.put(
                    "REGISTRY_DATASOURCE_URL", "jdbc:h2:file:%s;WRITE_DELAY=0".formatted(directory.resolve("schemas")));
        }
        return environment;
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
