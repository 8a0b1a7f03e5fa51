package io.quittance.streams.config;

import java.util.HashMap;
import java.util.Map;

/**
 * What goes to the clients. Holds secrets: never logged, never shown.
 *
 * @param kafka for any Kafka client: brokers and how to get in
 * @param admin for an admin client, over and above
 * @param streams for Kafka Streams, {@code kafka} and its prefixed keys included
 * @param serdes for the contract's serdes: the registry and how to get in
 */
public record ClientConfig(
        Map<String, Object> kafka, Map<String, Object> admin, Map<String, Object> streams, Map<String, Object> serdes) {

    public ClientConfig {
        kafka = Map.copyOf(kafka);
        admin = Map.copyOf(admin);
        streams = Map.copyOf(streams);
        serdes = Map.copyOf(serdes);
    }

    /** All that an admin client of the application's own is given. */
    public Map<String, Object> forAdmin() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putAll(admin);
        return properties;
    }

    @Override
    public String toString() {
        return "ClientConfig[redacted]";
    }
}
