import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.quittance.schema.AuditRecord;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Usage: ReadAudit BOOTSTRAP REGISTRY REQUEST */
public class ReadAudit {
    public static void main(String[] args) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", args[0], "schema.registry.url", args[1],
                "specific.avro.reader", true, "avro.use.logical.type.converters", true,
                "isolation.level", "read_committed",
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", KafkaAvroDeserializer.class);
        try (var audit = new KafkaConsumer<String, AuditRecord>(config)) {
            var partitions = audit.partitionsFor("privacy.audit").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            audit.assign(partitions);
            audit.seekToBeginning(partitions);
            for (boolean closed = false; !closed; ) {
                for (var record : audit.poll(Duration.ofSeconds(1))) {
                    if (record.key().equals(args[2])) {
                        AuditRecord value = record.value();
                        System.out.println(value.getState() + ": " + value.getReason());
                        closed |= value.getClosed();
                        if (closed) {
                            printEvidence(value);
                        }
                    }
                }
            }
        }
    }

    private static void printEvidence(AuditRecord audit) {
        audit.getDecisions().forEach(decision -> System.out.println("  " + decision.getVerdict() + " by "
                + decision.getApprover() + ", counted: " + decision.getAccepted()
                + ", vouched for by " + decision.getVouchedBy()));
        audit.getTasks().forEach(task -> {
            System.out.println("  " + task.getSystem() + ": " + task.getStatus());
            task.getDatasets().forEach(outcome -> System.out.println("    " + outcome.getDataset() + ": "
                    + outcome.getDisposition() + " " + outcome.getAffected()
                    + (outcome.getDocument() == null ? "" : " sha256 " + outcome.getDocument().getSha256())));
        });
    }
}
