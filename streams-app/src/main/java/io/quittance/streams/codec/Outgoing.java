package io.quittance.streams.codec;

import org.jspecify.annotations.Nullable;

/**
 * A record to be written.
 *
 * @param to kind of topic
 * @param topic its name
 * @param value null for a tombstone
 */
public record Outgoing(OutputTopic to, String topic, byte[] key, byte @Nullable [] value) {
    @Override
    public String toString() {
        return "Outgoing[" + topic + "]";
    }
}
