package io.quittance.streams.cli.access;

import io.quittance.contract.Party;
import io.quittance.contract.TopicKey;
import io.quittance.contract.TopicSpec;
import io.quittance.contract.Topics;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.CliException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each principal may do: for the contract's topics as the catalogue says who writes and who reads, and beside that
 * the groups, transactions and internal topics of Kafka Streams and Connect. Whoever may read or write may also
 * describe, so that is not said. No one needs {@code IDEMPOTENT_WRITE} on the cluster: since Kafka 2.8 (KIP-679) it
 * comes with the right to write to any topic.
 */
public final class AccessRules {

    private final Topics topics;
    private final Principals principals;
    private final Set<AccessRule> rules = new LinkedHashSet<>();

    private AccessRules(Topics topics, Principals principals) {
        this.topics = topics;
        this.principals = principals;
    }

    /**
     * All rules for these principals, in their order, each once.
     *
     * @throws CliException if one of them names a group or a topic that is not its own
     */
    public static List<AccessRule> of(Topics topics, Principals principals) {
        Belongings.refusal(topics, principals).ifPresent(refusal -> {
            throw refusal;
        });
        var rules = new AccessRules(topics, principals);
        principals.holders().forEach(rules::add);
        return List.copyOf(rules.rules);
    }

    private void add(Holder holder) {
        holder.role().party().ifPresent(party -> addTopics(holder, party));
        holder.groups().forEach(group -> allow(holder, ResourceType.GROUP, group, AclOperation.READ));
        if (holder.role() == Role.APPLICATION) {
            addStreams(holder);
        }
        // A worker makes its topics where they are missing, and looks whether they are compacted where they are not.
        holder.topics().forEach(topic -> {
            for (var operation : List.of(
                    AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS)) {
                allow(holder, ResourceType.TOPIC, topic, operation);
            }
        });
    }

    private void addTopics(Holder holder, Party party) {
        List<String> systems = holder.system().map(List::of).orElse(List.of());
        for (Topic topic : topics.all(systems)) {
            addTopic(holder, party, topic.spec(), literal(topic.name()));
        }
        if (party == Party.APPLICATION) {
            addTaskTopics(holder);
        }
        if (party == Party.OPERATOR) {
            // Who publishes a system is told when its topic is missing.
            rules.add(new AccessRule(
                    holder.role(),
                    holder.principal(),
                    topics(taskPrefix(topics), PatternType.PREFIXED),
                    AclOperation.DESCRIBE));
        }
    }

    /** One rule for all systems: a new one needs a topic and an executor, and nothing new of the application. */
    private void addTaskTopics(Holder application) {
        ResourcePattern all = topics(taskPrefix(topics), PatternType.PREFIXED);
        topics.all(List.of("any")).stream()
                .filter(topic -> topic.spec().family())
                .forEach(topic -> addTopic(application, Party.APPLICATION, topic.spec(), all));
    }

    private void addTopic(Holder holder, Party party, TopicSpec spec, ResourcePattern resource) {
        if (spec.readBy().contains(party)) {
            rules.add(new AccessRule(holder.role(), holder.principal(), resource, AclOperation.READ));
        }
        if (spec.writtenBy().contains(party) || (party == Party.APPLICATION && bringsHome(spec))) {
            rules.add(new AccessRule(holder.role(), holder.principal(), resource, AclOperation.WRITE));
        }
    }

    /** What came under a wrong key is written once more, under the right one. */
    private static boolean bringsHome(TopicSpec spec) {
        return spec.key() == TopicKey.SUBJECT && spec.readBy().contains(Party.APPLICATION);
    }

    /** Kafka Streams makes its internal topics and names its transactions after the application. */
    private void addStreams(Holder application) {
        allow(application, ResourceType.GROUP, principals.applicationId(), AclOperation.READ);
        ResourcePattern internal = topics(principals.internalPrefix(), PatternType.PREFIXED);
        for (var operation : List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE)) {
            rules.add(new AccessRule(application.role(), application.principal(), internal, operation));
        }
        rules.add(new AccessRule(
                application.role(),
                application.principal(),
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, principals.internalPrefix(), PatternType.PREFIXED),
                AclOperation.WRITE));
    }

    private void allow(Holder holder, ResourceType type, String name, AclOperation operation) {
        rules.add(new AccessRule(
                holder.role(), holder.principal(), new ResourcePattern(type, name, PatternType.LITERAL), operation));
    }

    /** What the names of all systems' topics of tasks begin with. */
    static String taskPrefix(Topics topics) {
        String one = topics.tasks("x");
        return one.substring(0, one.length() - 1);
    }

    private static ResourcePattern literal(String topic) {
        return topics(topic, PatternType.LITERAL);
    }

    private static ResourcePattern topics(String name, PatternType type) {
        return new ResourcePattern(ResourceType.TOPIC, name, type);
    }
}
