package io.quittance.bench.wire;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Ask;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.Locator;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.SystemEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The policy and the data map under which all of it runs: every delete asks for one approval. */
public final class Documents {
    static final String APPROVERS = "privacy-office";
    private static final Duration WINDOW = Duration.ofMinutes(30);

    private final Topics topics;
    private final Map<String, String> serdeConfig;
    private final Producer<byte[], byte[]> producer;
    private final Instant now;

    public Documents(Topics topics, String registryUrl, Producer<byte[], byte[]> producer, Instant now) {
        this.topics = topics;
        this.serdeConfig = Map.of("schema.registry.url", registryUrl);
        this.producer = producer;
        this.now = now;
    }

    /**
     * Publishes policy and data map; returns when the broker has them.
     *
     * @param answerWithin how long approvers have
     */
    public void publish(List<String> systems, Duration answerWithin) {
        systems.forEach(system -> send(topics.systems(), system, entry(system)));
        policy(1, answerWithin);
    }

    /** Publishes a version of the policy. */
    public void policy(int version, Duration answerWithin) {
        send(topics.policies(), "default", policyDocument(version, answerWithin));
        producer.flush();
    }

    /** From now on, so many deletes at once in that system. */
    public void limit(String system, int concurrent) {
        send(
                topics.limits(),
                "few-in-" + system,
                LimitDocument.newBuilder()
                        .setName("few-in-" + system)
                        .setVersion(1)
                        .setSystems(List.of(system))
                        .setActions(List.of(Action.DELETE))
                        .setConcurrent(concurrent)
                        .setPublishedAt(now)
                        .setPublishedBy("ops-1")
                        .build());
        producer.flush();
    }

    static List<String> datasets(String system) {
        return List.of(system + "_people", system + "_notes");
    }

    private PolicyDocument policyDocument(int version, Duration answerWithin) {
        return PolicyDocument.newBuilder()
                .setName("default")
                .setVersion(version)
                .setRules(List.of(Rule.newBuilder()
                        .setId("erasure")
                        .setWhen("request.action == 'DELETE'")
                        .setOutcome(RuleOutcome.ASK)
                        .setWindowMs(WINDOW.toMillis())
                        .setReason("Erasures need one person of the privacy office.")
                        .setAsk(Ask.newBuilder()
                                .setGroup(APPROVERS)
                                .setAnswerWithinMs(answerWithin.toMillis())
                                .build())
                        .build()))
                .setPublishedAt(now)
                .setPublishedBy("ops-1")
                .build();
    }

    private SystemEntry entry(String system) {
        return SystemEntry.newBuilder()
                .setSystem(system)
                .setVersion(1)
                .setActions(List.of(Action.DELETE))
                .setAfter(List.of())
                .setDatasets(datasets(system).stream().map(Documents::dataset).toList())
                .setPublishedAt(now)
                .setPublishedBy("ops-1")
                .build();
    }

    private static Dataset dataset(String name) {
        return Dataset.newBuilder()
                .setName(name)
                .setLocation("shop." + name)
                .setLocator(new Locator("customer_id", "customer_id", List.of()))
                .setFields(List.of(Field.newBuilder()
                        .setName("email")
                        .setCategory("contact")
                        .build()))
                .build();
    }

    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> void send(String topic, String key, T value) {
        try (var serde = ContractSerdes.of((Class<T>) value.getClass(), serdeConfig);
                var keys = ContractSerdes.keys()) {
            byte[] keyBytes = keys.serializer().serialize(topic, key);
            producer.send(
                    new ProducerRecord<>(topic, keyBytes, serde.serializer().serialize(topic, value)));
        }
    }
}
