package io.quittance.quickstart.party;

import io.quittance.schema.RequestEvent;
import io.quittance.schema.Submission;
import io.quittance.schema.Withdrawal;
import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;

/** A product team's side: publishes requests. */
public final class Publisher implements AutoCloseable {
    private final Connection connection;
    private final KafkaProducer<String, RequestEvent> producer;
    private final Clock clock;

    public Publisher(Connection connection, Clock clock) {
        this.connection = connection;
        this.producer = connection.producer(RequestEvent.class);
        this.clock = clock;
    }

    /** Publishes a request and returns its id. */
    public String submit(String subjectId, Submission submission) {
        String requestId = UUID.randomUUID().toString();
        publish(requestId, subjectId, submission);
        return requestId;
    }

    public void withdraw(String requestId, String subjectId) {
        publish(requestId, subjectId, new Withdrawal(subjectId, "changed my mind"));
    }

    private void publish(String requestId, String subjectId, Object body) {
        var event = new RequestEvent(UUID.randomUUID().toString(), requestId, subjectId, clock.instant(), body);
        Connection.send(producer, connection.topics().requests(), subjectId, event);
    }

    @Override
    public void close() {
        producer.close();
    }
}
