package io.quittance.quickstart.party;

import io.quittance.schema.VerificationEvent;
import io.quittance.schema.VerificationKind;
import io.quittance.schema.VerificationOutcome;
import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The identity service's side: says who has been proven to be whom. */
public final class IdentityService implements AutoCloseable {
    private final Connection connection;
    private final KafkaProducer<String, VerificationEvent> producer;
    private final Clock clock;

    public IdentityService(Connection connection, Clock clock) {
        this.connection = connection;
        this.producer = connection.producer(VerificationEvent.class);
        this.clock = clock;
    }

    /** Vouches for the requester's identity, at the given assurance level (0 to 3). */
    public void prove(String requestId, String subjectId, int level) {
        var event = VerificationEvent.newBuilder()
                .setVerificationId(UUID.randomUUID().toString())
                .setRequestId(requestId)
                .setSubjectId(subjectId)
                .setOccurredAt(clock.instant())
                .setKind(VerificationKind.IDENTITY)
                .setOutcome(VerificationOutcome.PROVEN)
                .setLevel(level)
                .setMethod("totp")
                .setVerifiedBy("identity-service")
                .build();
        Connection.send(producer, connection.topics().verifications(), subjectId, event);
    }

    @Override
    public void close() {
        producer.close();
    }
}
