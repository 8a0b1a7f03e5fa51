package io.quittance.quickstart.stack;

import io.quittance.contract.Topics;
import io.quittance.harness.ConnectWorker;
import io.quittance.harness.S3Process;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connectors: one per system of the data map, configured as one would on a Connect cluster. */
final class Executors {
    static final List<String> IN_POSTGRES = List.of("shop", "support", "marketing");
    static final String IN_S3 = "archive";
    static final String EXPORT_BUCKET = "exports";
    static final String ARCHIVE_BUCKET = "archive";

    private final String bootstrapServers;
    private final String registryUrl;
    private final Topics topics;
    private final Path secrets;
    private final Path pseudonymKey;
    private final Path grantKeys;

    Executors(
            String bootstrapServers,
            String registryUrl,
            Topics topics,
            Path secrets,
            Path pseudonymKey,
            Path grantKeys) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.topics = topics;
        this.secrets = secrets;
        this.pseudonymKey = pseudonymKey;
        this.grantKeys = grantKeys;
    }

    /** All systems of the data map. */
    static List<String> systems() {
        var systems = new ArrayList<>(IN_POSTGRES);
        systems.add(IN_S3);
        return systems;
    }

    void deploy(ConnectWorker connect, String jdbcUrl, String user, String endpoint) {
        for (String system : IN_POSTGRES) {
            connect.createConnector("executor-" + system, jdbc(system, jdbcUrl, user, endpoint));
        }
        connect.createConnector("executor-" + IN_S3, s3(endpoint));
        connect.connectors().forEach(connect::awaitRunning);
    }

    private Map<String, String> jdbc(String system, String jdbcUrl, String user, String endpoint) {
        Map<String, String> config = shared(system);
        config.put("connector.class", "io.quittance.executor.jdbc.JdbcExecutorConnector");
        config.put("connection.url", jdbcUrl);
        config.put("connection.user", user);
        config.put("connection.password", secret("postgres.password"));
        config.putAll(objectStore("export.", endpoint));
        config.put("export.bucket", EXPORT_BUCKET);
        return config;
    }

    private Map<String, String> s3(String endpoint) {
        Map<String, String> config = shared(IN_S3);
        config.put("connector.class", "io.quittance.executor.s3.S3ExecutorConnector");
        config.putAll(objectStore("s3.", endpoint));
        config.putAll(objectStore("export.", endpoint));
        config.put("export.bucket", EXPORT_BUCKET);
        config.put("receipts.bucket", EXPORT_BUCKET);
        config.put("receipts.prefix", "receipts/");
        return config;
    }

    private Map<String, String> shared(String system) {
        Map<String, String> config = new HashMap<>();
        config.put("tasks.max", "1");
        config.put("topics", topics.tasks(system));
        config.put("system", system);
        config.put("topics.prefix", topics.prefix());
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("consumer.override.auto.offset.reset", "earliest");
        config.put("schema.registry.url", registryUrl);
        config.put("kafka.bootstrap.servers", bootstrapServers);
        config.put("pseudonym.key.file", pseudonymKey.toString());
        config.put("grant.jwks", grantKeys.toString());
        return config;
    }

    private Map<String, String> objectStore(String prefix, String endpoint) {
        return Map.of(
                prefix + "endpoint",
                endpoint,
                prefix + "region",
                S3Process.REGION,
                prefix + "path.style",
                "true",
                prefix + "access.key",
                secret("s3.access.key"),
                prefix + "secret.key",
                secret("s3.secret.key"));
    }

    private String secret(String key) {
        return "${file:" + secrets + ":" + key + "}";
    }
}
