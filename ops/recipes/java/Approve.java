import com.nimbusds.jose.*;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quittance.schema.*;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Usage: Approve BOOTSTRAP REGISTRY REQUEST APPROVER [KEY] */
public class Approve {
    public static void main(String[] args) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", args[0], "schema.registry.url", args[1],
                "specific.avro.reader", true, "avro.use.logical.type.converters", true,
                "isolation.level", "read_committed",
                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer", KafkaAvroSerializer.class,
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", KafkaAvroDeserializer.class);
        ApprovalPrompt prompt = null;
        try (var inbox = new KafkaConsumer<String, ApprovalPrompt>(config)) {
            var partitions = inbox.partitionsFor("privacy.approvals").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            inbox.assign(partitions);
            inbox.seekToBeginning(partitions);
            var ends = inbox.endOffsets(partitions);
            // The last one counts; a null says that it is answered, and another is waited for.
            while (prompt == null || partitions.stream().anyMatch(it -> inbox.position(it) < ends.get(it))) {
                for (var record : inbox.poll(Duration.ofSeconds(1))) {
                    prompt = record.key().equals(args[2]) ? record.value() : prompt;
                }
            }
        }
        Plan plan = prompt.getPlan();
        plan.getSystems().forEach(planned -> System.out.println(
                plan.getAction() + " in " + planned.getSystem() + ": " + String.join(", ", planned.getCategories())));
        var approver = Approver.newBuilder().setId(args[3])
                .setGroups(List.of(prompt.getGroup().split(","))).build(); // groups your identity provider vouches for
        var decision = DecisionEvent.newBuilder().setDecisionId(UUID.randomUUID().toString()).setRequestId(args[2])
                .setSubjectId(prompt.getSubjectId()).setOccurredAt(Instant.now()).setVerdict(Verdict.APPROVE)
                .setApprover(approver).setPlanSha256(prompt.getPlanSha256())
                .setReason("the ticket is open and needs it").build();
        if (args.length > 4) { // where decisions are to be signed: every field that is not empty, as a claim
            var key = ECKey.parse(Files.readString(Path.of(args[4])));
            var claims = Map.<String, Object>of("sub", args[3], "groups", approver.getGroups(), "kind", "HUMAN",
                    "jti", decision.getDecisionId(), "iat", decision.getOccurredAt().getEpochSecond(),
                    "request_id", args[2], "subject_id", prompt.getSubjectId(), "verdict", "APPROVE",
                    "plan_sha256", prompt.getPlanSha256(), "reason", decision.getReason());
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
            var signed = new JWSObject(header, new Payload(claims));
            signed.sign(new ECDSASigner(key));
            decision.setSignature(signed.serialize());
        }
        try (var producer = new KafkaProducer<String, DecisionEvent>(config)) {
            producer.send(new ProducerRecord<>("privacy.decisions", prompt.getSubjectId(), decision)).get();
        }
    }
}
