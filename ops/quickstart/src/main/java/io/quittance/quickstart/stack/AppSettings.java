package io.quittance.quickstart.stack;

import io.quittance.streams.config.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How the quick start configures the application: one instance, so no standby. */
final class AppSettings {
    private AppSettings() {}

    static AppConfig of(String bootstrapServers, String registryUrl, Path directory, int port) {
        return AppConfig.from(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "schema.registry.url",
                registryUrl,
                "state.dir",
                directory.resolve("state").toString(),
                "decisions.jwks",
                keySet(directory).toString(),
                "http.port",
                Integer.toString(port),
                "num.stream.threads",
                "1",
                "num.standby.replicas",
                "0",
                "punctuate.interval.ms",
                "100",
                "reachable.systems.poll",
                "PT1S",
                "grant.grace",
                "PT10S"));
    }

    /** No keys at first; whoever wants to sign decisions puts theirs there, and it counts at once. */
    private static Path keySet(Path directory) {
        Path file = directory.resolve("decision-keys.json");
        try {
            return Files.exists(file) ? file : Files.writeString(file, "{\"keys\": []}\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot be written to", e);
        }
    }
}
