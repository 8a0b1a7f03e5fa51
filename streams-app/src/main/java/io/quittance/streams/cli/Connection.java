package io.quittance.streams.cli;

import io.quittance.contract.Topics;
import java.util.Map;

/**
 * Where a pipeline is.
 *
 * @param properties Kafka client properties, those of the schema registry's serdes included; may hold secrets
 * @param topics names of its topics
 */
public record Connection(Map<String, String> properties, Topics topics) {

    public Connection {
        properties = Map.copyOf(properties);
    }

    /** Without the properties' values: they may be passwords. */
    @Override
    public String toString() {
        return "Connection[properties=" + properties.keySet() + ", prefix=" + topics.prefix() + "]";
    }
}
