package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** {@link TopicAdmin} over Kafka's own. */
final class KafkaTopicAdmin implements TopicAdmin {

    private final Admin admin;

    KafkaTopicAdmin(Connection connection) {
        admin = Admin.create(ClientSettings.admin(connection));
    }

    @Override
    public Map<String, ExistingTopic> describe(Collection<String> names) {
        Map<String, TopicDescription> descriptions = descriptions(names);
        Map<String, Map<String, String>> configs = configs(descriptions.keySet());
        Map<String, ExistingTopic> existing = new HashMap<>();
        descriptions.forEach((name, description) -> existing.put(
                name,
                new ExistingTopic(
                        description.partitions().size(),
                        description.partitions().get(0).replicas().size(),
                        configs.getOrDefault(name, Map.of()))));
        return existing;
    }

    @Override
    public Set<String> existing(Collection<String> names) {
        return descriptions(names).keySet();
    }

    @Override
    public void create(Collection<WantedTopic> topics) {
        List<NewTopic> wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), topic.replicationFactor())
                        .configs(topic.configs()))
                .toList();
        admin.createTopics(wanted).values().values().forEach(created -> {
            try {
                await(created);
            } catch (TopicExistsException meanwhile) {
                // Somebody else applied the same catalogue; the next run compares.
            }
        });
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<String, TopicDescription> descriptions(Collection<String> names) {
        Map<String, TopicDescription> descriptions = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                descriptions.put(name, await(future));
            } catch (UnknownTopicOrPartitionException absent) {
                // It is left out.
            }
        });
        return descriptions;
    }

    private Map<String, Map<String, String>> configs(Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        await(admin.describeConfigs(resources).all())
                .forEach((resource, config) -> configs.put(resource.name(), values(config)));
        return configs;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failed.getCause());
        }
    }
}
