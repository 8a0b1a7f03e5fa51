package io.quittance.streams.cli.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at topics and creates them. It cannot alter or delete one. */
public interface TopicAdmin extends AutoCloseable {

    /** A topic as it is. */
    record ExistingTopic(int partitions, int replicationFactor, Map<String, String> configs) {
        public ExistingTopic {
            configs = Map.copyOf(configs);
        }
    }

    /**
     * A topic as it should be.
     *
     * @param replicationFactor nothing for the broker's default
     */
    record WantedTopic(String name, int partitions, Optional<Short> replicationFactor, Map<String, String> configs) {
        public WantedTopic {
            configs = Map.copyOf(configs);
        }
    }

    /** Those of the topics that exist, by name. */
    Map<String, ExistingTopic> describe(Collection<String> names);

    /** Which of the topics exist; for whoever may not see how they are configured. */
    Set<String> existing(Collection<String> names);

    /** Creates topics that do not exist; one that has come into being meanwhile is left as it is. */
    void create(Collection<WantedTopic> topics);

    @Override
    void close();
}
