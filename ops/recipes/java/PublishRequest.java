import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quittance.schema.*;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Usage: echo '{"customer_id": "…"}' | PublishRequest BOOTSTRAP REGISTRY SUBJECT */
public class PublishRequest {
    public static void main(String[] args) throws Exception {
        // From standard input, because others on the machine see command lines.
        var identifiers = new ObjectMapper().readValue(System.in, new TypeReference<Map<String, String>>() {});
        var requester = new Requester(RequesterType.STAFF, "staff-7", List.of("support"), null, null, "managed");
        var submission = Submission.newBuilder()
                .setAction(Action.ACCESS)
                .setRegime("GDPR")
                .setRequester(requester)
                .setPurpose("ticket-4711")
                .setChannel(Channel.INTERNAL_CALL)
                .setScope(new Scope(List.of("shop"), List.of())) // this system, all its categories
                .setIdentifiers(new Identifiers(identifiers, null))
                .build();
        String subject = args[2];
        String request = UUID.randomUUID().toString(); // a repeat of it is recognised and not run twice
        var event = new RequestEvent(UUID.randomUUID().toString(), request, subject, Instant.now(), submission);

        Map<String, Object> config = Map.of("bootstrap.servers", args[0], "schema.registry.url", args[1]);
        var values = new KafkaAvroSerializer();
        values.configure(config, false);
        try (var producer = new KafkaProducer<String, Object>(config, new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>("privacy.requests", subject, event)).get();
        }
        System.out.println(request);
    }
}
