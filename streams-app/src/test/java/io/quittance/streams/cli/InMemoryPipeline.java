package io.quittance.streams.cli;

import io.quittance.contract.ContractSchemas;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.kafka.AclAdmin;
import io.quittance.streams.cli.kafka.Connector;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.SchemaAdmin;
import io.quittance.streams.cli.kafka.TopicAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;

/**
 * Topics as lists; they share one partition, and its offsets. Waiting is over as soon as all records have been seen.
 * The real thing is in CommandLineIT.
 */
final class InMemoryPipeline implements Connector, ContractLog, TopicAdmin, SchemaAdmin, AclAdmin {

    record Stored(String topic, String key, @Nullable SpecificRecord value, boolean unreadable) {}

    final List<Stored> records = new ArrayList<>();
    final Map<String, ExistingTopic> topics = new LinkedHashMap<>();

    /** What the registry holds, by subject. */
    final Map<String, Schema> schemas = new HashMap<>();

    final Set<AclBinding> bindings = new LinkedHashSet<>();

    /** What becomes of a writer's wait for the acknowledgement, once the record is there. */
    @Nullable
    RuntimeException lostAnswer;

    /** What becomes of whoever looks keys up. */
    @Nullable
    RuntimeException unreadable;

    /** A copy, as writing bytes would make one. */
    void put(String topic, String key, @Nullable SpecificRecord value) {
        records.add(new Stored(topic, key, value == null ? null : copy(value), false));
    }

    private static SpecificRecord copy(SpecificRecord value) {
        return SpecificData.getForClass(value.getClass()).deepCopy(value.getSchema(), value);
    }

    void putUnreadable(String topic, String key) {
        records.add(new Stored(topic, key, null, true));
    }

    <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
        return records.stream()
                .filter(stored -> stored.topic().equals(topic))
                .map(stored -> type.cast(stored.value()))
                .toList();
    }

    @Override
    public ContractLog log(Connection connection, Consumer<String> warnings) {
        return this;
    }

    @Override
    public TopicAdmin admin(Connection connection) {
        return this;
    }

    @Override
    public AclAdmin acls(Connection connection) {
        return this;
    }

    @Override
    public Collection<AclBinding> all() {
        return Set.copyOf(bindings);
    }

    @Override
    public void add(Collection<AclBinding> added) {
        bindings.addAll(added);
    }

    @Override
    public SchemaAdmin schemas(Connection connection) {
        return this;
    }

    @Override
    public Standing look(Topic topic) {
        Schema wanted = ContractSchemas.of(topic.spec());
        Schema found = schemas.get(ContractSchemas.subject(topic.name()));
        if (found == null) {
            return Standing.MISSING;
        }
        return found.equals(wanted) ? Standing.EXISTS : Standing.INCOMPATIBLE;
    }

    @Override
    public Standing register(Topic topic) {
        schemas.put(ContractSchemas.subject(topic.name()), ContractSchemas.of(topic.spec()));
        return Standing.REGISTERED;
    }

    @Override
    public long append(String topic, String key, SpecificRecord value) {
        put(topic, key, value);
        if (lostAnswer != null) {
            throw lostAnswer;
        }
        return records.size() - 1;
    }

    @Override
    public void remove(String topic, String key) {
        put(topic, key, null);
    }

    @Override
    public int firstVersion(String topic, String key) {
        List<Stored> kept =
                records.stream().filter(stored -> stored.topic().equals(topic)).toList();
        return kept.stream().anyMatch(stored -> stored.key().equals(key)) ? kept.size() + 1 : 1;
    }

    @Override
    public <T extends SpecificRecord> void scan(String topic, Class<T> type, Consumer<Entry<T>> each) {
        follow(new Selection(topic, null, true), type, Duration.ZERO, entry -> {
            each.accept(entry);
            return true;
        });
    }

    @Override
    public <T extends SpecificRecord> void scan(String topic, String key, Class<T> type, Consumer<Entry<T>> each) {
        scan(topic, type, entry -> {
            if (entry.key().equals(key)) {
                each.accept(entry);
            }
        });
    }

    @Override
    public Set<String> keys(String topic) {
        if (unreadable != null) {
            throw unreadable;
        }
        Set<String> keys = new LinkedHashSet<>();
        scan(topic, SpecificRecord.class, entry -> {
            if (entry.isTombstone()) {
                keys.remove(entry.key());
            } else {
                keys.add(entry.key());
            }
        });
        return keys;
    }

    @Override
    public <T extends SpecificRecord> boolean follow(
            Selection selection, Class<T> type, Duration timeout, Predicate<Entry<T>> goOn) {
        long offset = -1;
        for (Stored stored : List.copyOf(records)) {
            offset++;
            boolean selected = stored.topic().equals(selection.topic())
                    && (selection.key() == null || selection.key().equals(stored.key()));
            if (selected
                    && selection.fromBeginning()
                    && !goOn.test(new Entry<>(stored.key(), offset, type.cast(stored.value()), stored.unreadable()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, ExistingTopic> describe(Collection<String> names) {
        Map<String, ExistingTopic> found = new HashMap<>(topics);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public Set<String> existing(Collection<String> names) {
        return describe(names).keySet();
    }

    @Override
    public void create(Collection<WantedTopic> wanted) {
        wanted.forEach(topic -> topics.put(
                topic.name(),
                new ExistingTopic(topic.partitions(), topic.replicationFactor().orElse((short) 1), topic.configs())));
    }

    @Override
    public void close() {}
}
