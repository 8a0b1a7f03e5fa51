package io.quittance.streams.cli;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.quittance.contract.RegistryLogin;
import io.quittance.contract.Topics;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a pipeline is.
 *
 * @param properties Kafka client properties, those of the schema registry's serdes included; may hold secrets
 * @param topics names of its topics
 */
public record Connection(Map<String, String> properties, Topics topics) {

    public Connection {
        Map<String, String> complete = new HashMap<>(properties);
        RegistryLogin.complete(complete);
        properties = Map.copyOf(complete);
    }

    /** Whether it is said where the schema registry is. */
    public boolean hasRegistry() {
        return properties.containsKey(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG);
    }

    /** Without the properties' values: they may be passwords. */
    @Override
    public String toString() {
        return "Connection[properties=" + properties.keySet() + ", prefix=" + topics.prefix() + "]";
    }
}
