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

    static AppConfig of(String bootstrapServers, String registryUrl, Path directory, GrantKeys grants, int port) {
        return AppConfig.from(Map.ofEntries(
                Map.entry("bootstrap.servers", bootstrapServers),
                Map.entry("schema.registry.url", registryUrl),
                Map.entry("state.dir", directory.resolve("state").toString()),
                Map.entry("grant.signing.key", grants.signing().toString()),
                Map.entry("decisions.jwks", keySet(directory).toString()),
                Map.entry("http.port", Integer.toString(port)),
                Map.entry("num.stream.threads", "1"),
                Map.entry("num.standby.replicas", "0"),
                Map.entry("punctuate.interval.ms", "100"),
                Map.entry("reachable.systems.poll", "PT1S"),
                Map.entry("grant.grace", "PT10S")));
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
