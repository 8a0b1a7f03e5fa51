package io.quittance.proving.ground;

import io.quittance.proving.ground.Ground.Database;
import io.quittance.proving.ground.Ground.Executor;
import io.quittance.proving.ground.Ground.ObjectStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The connectors' configuration, as one would write it on a Connect cluster.
 *
 * @param jdbcUrl of the database by way of the wire that faults disturb
 * @param secrets file with the keys that the configuration refers to
 */
record Connectors(
        String bootstrapServers,
        String registryUrl,
        String jdbcUrl,
        Database database,
        ObjectStore objectStore,
        Path secrets,
        Path pseudonymKey,
        Path grantKeys) {
    static final String POSTGRES_PASSWORD = "postgres.password";
    static final String S3_ACCESS_KEY = "s3.access.key";
    static final String S3_SECRET_KEY = "s3.secret.key";
    private static final String PREFIX = "privacy.";

    static String name(Executor executor) {
        return "executor-" + executor.system();
    }

    Map<String, String> configuration(Executor executor) {
        Map<String, String> config = shared(executor.system());
        config.putAll(
                switch (executor.target()) {
                    case POSTGRES -> jdbc();
                    case S3 -> s3();
                });
        config.putAll(objectStore("export."));
        config.put("export.bucket", objectStore.exportBucket());
        config.putAll(executor.settings());
        return config;
    }

    private Map<String, String> shared(String system) {
        Map<String, String> config = new HashMap<>();
        config.put("tasks.max", "2");
        config.put("topics", PREFIX + "tasks." + system);
        config.put("system", system);
        config.put("topics.prefix", PREFIX);
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

    private Map<String, String> jdbc() {
        return Map.of(
                "connector.class",
                "io.quittance.executor.jdbc.JdbcExecutorConnector",
                "connection.url",
                jdbcUrl,
                "connection.user",
                database.user(),
                "connection.password",
                secret(POSTGRES_PASSWORD));
    }

    private Map<String, String> s3() {
        Map<String, String> config = new HashMap<>(objectStore("s3."));
        config.put("connector.class", "io.quittance.executor.s3.S3ExecutorConnector");
        config.put("receipts.bucket", objectStore.exportBucket());
        config.put("receipts.prefix", "receipts/");
        return config;
    }

    private Map<String, String> objectStore(String prefix) {
        return Map.of(
                // There is nobody to listen on this machine's own networks.
                prefix + "allow.http", "true",
                prefix + "endpoint", objectStore.endpoint(),
                prefix + "region", objectStore.region(),
                prefix + "path.style", "true",
                prefix + "access.key", secret(S3_ACCESS_KEY),
                prefix + "secret.key", secret(S3_SECRET_KEY));
    }

    private String secret(String key) {
        return "${file:" + secrets + ":" + key + "}";
    }
}
