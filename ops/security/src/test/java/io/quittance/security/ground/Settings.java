package io.quittance.security.ground;

import io.quittance.contract.Topics;
import io.quittance.harness.S3Process;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the components are configured: as one does it, with every secret by reference. */
final class Settings {
    static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);
    static final int HTTP_PORT = 0;
    static final String EXPORT_BUCKET = "exports";

    private final SecuredKafka kafka;
    private final Credentials credentials;
    private final String registryUrl;
    private final String objectsUrl;
    private final Path directory;

    Settings(SecuredKafka kafka, Credentials credentials, String registryUrl, String objectsUrl, Path directory) {
        this.kafka = kafka;
        this.credentials = credentials;
        this.registryUrl = registryUrl;
        this.objectsUrl = objectsUrl;
        this.directory = directory;
    }

    Map<String, String> application(Path grantKey, Path decisionKeys, int port) {
        Map<String, String> settings = new HashMap<>(kafka.client(Actor.APPLICATION, ""));
        settings.put("schema.registry.url", registryUrl);
        settings.put("basic.auth.user.info", credentials.registryLogin());
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put("grant.signing.key", grantKey.toString());
        settings.put("decisions.jwks", decisionKeys.toString());
        settings.put("http.port", Integer.toString(port));
        settings.put("http.token.file", credentials.httpTokenFile().toString());
        settings.put("num.stream.threads", "1");
        settings.put("num.standby.replicas", "0");
        settings.put("punctuate.interval.ms", "100");
        settings.put("reachable.systems.poll", "PT1S");
        settings.put("commit.interval.ms", "50");
        return settings;
    }

    /** The worker's consumers and producers are configured apart from it; connectors bring their own logins. */
    Map<String, String> worker(int port, Path plugins) {
        Map<String, String> settings = new HashMap<>(kafka.client(Actor.WORKER, ""));
        Map<String, String> ofConnectors = new HashMap<>(kafka.client(Actor.WORKER, "consumer."));
        ofConnectors.remove("consumer.sasl.jaas.config");
        settings.putAll(ofConnectors);
        settings.put("group.id", "connect");
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("plugin.discovery", "service_load");
        settings.put("plugin.path", plugins.toAbsolutePath().toString());
        settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("config.storage.topic", "connect-configs");
        settings.put("offset.storage.topic", "connect-offsets");
        settings.put("status.storage.topic", "connect-status");
        settings.put("config.storage.replication.factor", "1");
        settings.put("offset.storage.replication.factor", "1");
        settings.put("status.storage.replication.factor", "1");
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("config.providers", "file");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        settings.put(
                "config.providers.file.param.allowed.paths",
                credentials.folder().toString());
        return settings;
    }

    Map<String, String> jdbcExecutor(Actor executor, String system, Path grantKeys, String jdbcUrl, String user) {
        Map<String, String> settings = executor(executor, system, grantKeys);
        settings.put("connector.class", "io.quittance.executor.jdbc.JdbcExecutorConnector");
        settings.put("connection.url", jdbcUrl);
        settings.put("connection.user", user);
        settings.put("connection.password", secret("database", "password"));
        return settings;
    }

    Map<String, String> s3Executor(Actor executor, String system, Path grantKeys) {
        Map<String, String> settings = executor(executor, system, grantKeys);
        settings.put("connector.class", "io.quittance.executor.s3.S3ExecutorConnector");
        settings.putAll(objectStore("s3."));
        settings.put("receipts.bucket", EXPORT_BUCKET);
        return settings;
    }

    private Map<String, String> executor(Actor executor, String system, Path grantKeys) {
        Map<String, String> settings = new HashMap<>(kafka.client(executor, "kafka."));
        settings.put("tasks.max", "1");
        settings.put("topics", TOPICS.tasks(system));
        settings.put("system", system);
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("consumer.override.isolation.level", "read_committed");
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("consumer.override.sasl.jaas.config", "${file:" + credentials.secrets(executor) + ":login}");
        settings.put("schema.registry.url", registryUrl);
        settings.put("basic.auth.user.info", credentials.registryLogin());
        settings.put("grant.jwks", grantKeys.toString());
        settings.put("pseudonym.key.file", credentials.pseudonymKeyFile().toString());
        settings.putAll(objectStore("export."));
        settings.put("export.bucket", EXPORT_BUCKET);
        return settings;
    }

    private Map<String, String> objectStore(String prefix) {
        return Map.of(
                prefix + "endpoint",
                objectsUrl,
                prefix + "region",
                S3Process.REGION,
                prefix + "path.style",
                "true",
                prefix + "access.key",
                secret("objects", "access"),
                prefix + "secret.key",
                secret("objects", "secret"));
    }

    private String secret(String file, String key) {
        return "${file:" + credentials.folder().resolve(file + ".properties") + ":" + key + "}";
    }
}
