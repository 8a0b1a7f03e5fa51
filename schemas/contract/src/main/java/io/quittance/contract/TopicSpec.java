package io.quittance.contract;

import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the contract, or one family of topics.
 *
 * @param name name without the prefix; a family's ends in a dot, which a system's name follows
 * @param key what its keys mean
 * @param value class of its values
 * @param compacted whether only the last record of each key is kept
 * @param configs topic configuration it is created with, {@code cleanup.policy} included
 * @param writtenBy who writes to it; the app besides returns records to it that came under a wrong key
 * @param readBy who reads it
 * @param holds what it is for
 */
public record TopicSpec(
        String name,
        TopicKey key,
        Class<? extends SpecificRecord> value,
        boolean compacted,
        Map<String, String> configs,
        List<Party> writtenBy,
        List<Party> readBy,
        String holds) {

    public TopicSpec {
        configs = Map.copyOf(configs);
        writtenBy = List.copyOf(writtenBy);
        readBy = List.copyOf(readBy);
    }

    /** Whether there is one such topic per system. */
    public boolean family() {
        return name.endsWith(".");
    }
}
