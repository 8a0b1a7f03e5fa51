package io.quittance.streams.cli.command;

import io.quittance.contract.Topics;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the pipeline is. What the command line says goes before the file, and the file before the environment. */
final class ConnectionOptions {

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String REGISTRY_URL = "schema.registry.url";
    private static final String PREFIX = "topic.prefix";

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers. Or bootstrap.servers in the file, or QUITTANCE_BOOTSTRAP_SERVERS.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            description = "Schema registry. Or schema.registry.url in the file, or QUITTANCE_SCHEMA_REGISTRY_URL.")
    private @Nullable String registryUrl;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Client properties as Kafka's own tools take them, security and the registry's included."
                    + " Or QUITTANCE_CONFIG.")
    private @Nullable Path config;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "What the names of the topics start with (privacy.). Or topic.prefix in the file, or"
                    + " QUITTANCE_PREFIX.")
    private @Nullable String prefix;

    /** For commands that read or write records. */
    Connection withRegistry(Map<String, String> environment) {
        Connection connection = resolve(environment);
        if (!connection.hasRegistry()) {
            throw CliException.usage(
                    "It is not said where the schema registry is.",
                    "Give --schema-registry-url, schema.registry.url in the --config file, or"
                            + " QUITTANCE_SCHEMA_REGISTRY_URL.");
        }
        return connection;
    }

    /** For commands that can do without. */
    Connection withoutRegistry(Map<String, String> environment) {
        return resolve(environment);
    }

    /** Everything that is said, as it is; whoever gets it has his own opinion on what is missing. */
    Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = file(environment);
        choose(properties, BOOTSTRAP_SERVERS, bootstrapServers, environment.get("QUITTANCE_BOOTSTRAP_SERVERS"));
        choose(properties, REGISTRY_URL, registryUrl, environment.get("QUITTANCE_SCHEMA_REGISTRY_URL"));
        choose(properties, PREFIX, prefix, environment.get("QUITTANCE_PREFIX"));
        return properties;
    }

    /** Names of the topics, for commands that speak to no cluster. */
    Topics topics(Map<String, String> environment) {
        String chosen = properties(environment).get(PREFIX);
        return topics(chosen == null ? Topics.DEFAULT_PREFIX : chosen);
    }

    private Connection resolve(Map<String, String> environment) {
        Map<String, String> properties = properties(environment);
        if (!properties.containsKey(BOOTSTRAP_SERVERS)) {
            throw CliException.usage(
                    "It is not said where Kafka is.",
                    "Give --bootstrap-server, bootstrap.servers in the --config file, or QUITTANCE_BOOTSTRAP_SERVERS.");
        }
        String chosenPrefix = properties.remove(PREFIX);
        return new Connection(properties, topics(chosenPrefix == null ? Topics.DEFAULT_PREFIX : chosenPrefix));
    }

    private Map<String, String> file(Map<String, String> environment) {
        String named = environment.get("QUITTANCE_CONFIG");
        Path file = config != null || named == null ? config : Path.of(named);
        Map<String, String> properties = new HashMap<>();
        if (file == null) {
            return properties;
        }
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw CliException.usage(
                    "The configuration file " + file + " cannot be read.",
                    "It must be a file of Java properties that this user may read.");
        }
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }

    private static void choose(
            Map<String, String> properties, String name, @Nullable String option, @Nullable String environment) {
        if (option != null) {
            properties.put(name, option);
        } else if (environment != null) {
            properties.putIfAbsent(name, environment);
        }
    }

    private static Topics topics(String prefix) {
        try {
            return Topics.withPrefix(prefix);
        } catch (IllegalArgumentException illegal) {
            throw CliException.usage(
                    String.valueOf(illegal.getMessage()), "The usual one is '" + Topics.DEFAULT_PREFIX + "'.");
        }
    }
}
