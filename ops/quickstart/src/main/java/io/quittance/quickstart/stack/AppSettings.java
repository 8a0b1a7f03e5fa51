package io.quittance.quickstart.stack;

import io.quittance.streams.config.AppConfig;
import java.nio.file.Path;
import java.util.Map;

/** How the quick start configures the application: one instance, so no standby. */
final class AppSettings {
    private AppSettings() {}

    static AppConfig of(String bootstrapServers, String registryUrl, Path stateDirectory, int port) {
        return AppConfig.from(Map.of(
                "bootstrap.servers", bootstrapServers,
                "schema.registry.url", registryUrl,
                "state.dir", stateDirectory.toString(),
                "http.port", Integer.toString(port),
                "num.stream.threads", "1",
                "num.standby.replicas", "0",
                "punctuate.interval.ms", "100",
                "reachable.systems.poll", "PT1S",
                "grant.grace", "PT10S"));
    }
}
