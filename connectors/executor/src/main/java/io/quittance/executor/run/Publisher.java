package io.quittance.executor.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.quittance.schema.Completion;
import io.quittance.schema.DeadLetter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes completions and dead letters, and returns when Kafka has them. As long as broker or registry are merely away
 * it keeps trying: the work is done, and saying so is all that is left. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final Producer<String, SpecificRecord> producer;
    private final String completions;
    private final String deadLetters;
    private final RetryPolicy<Object> untilTaken = RetryPolicy.builder()
            .handleIf(Publisher::isTransient)
            .withMaxAttempts(-1)
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(30))
            .withJitter(0.25)
            .onRetry(event -> log.atWarn()
                    .addKeyValue("attempt", event.getAttemptCount())
                    .log("publication not acknowledged, trying again"))
            .build();

    /** @param producer idempotent, acks=all; closed with this publisher */
    public Publisher(Producer<String, SpecificRecord> producer, String completions, String deadLetters) {
        this.producer = producer;
        this.completions = completions;
        this.deadLetters = deadLetters;
    }

    /** @throws KafkaException when Kafka will not take it, whatever is tried */
    public void publish(Completion completion) throws InterruptedException {
        publish(new ProducerRecord<>(completions, completion.getSubjectId(), completion));
    }

    /** @throws KafkaException when Kafka will not take it, whatever is tried */
    public void publish(DeadLetter deadLetter) throws InterruptedException {
        publish(new ProducerRecord<>(deadLetters, deadLetter.getTopic(), deadLetter));
    }

    /** Waits for nobody: whatever is not acknowledged yet will be redelivered. */
    @Override
    public void close() {
        producer.close(Duration.ofMillis(500));
    }

    private void publish(ProducerRecord<String, SpecificRecord> entry) throws InterruptedException {
        try {
            Failsafe.with(untilTaken).run(() -> sendAndWait(entry));
        } catch (FailsafeException interrupted) {
            if (interrupted.getCause() instanceof InterruptedException stopping) {
                throw stopping;
            }
            throw interrupted;
        } catch (org.apache.kafka.common.errors.InterruptException stopping) {
            throw new InterruptedException("stopping");
        }
    }

    private void sendAndWait(ProducerRecord<String, SpecificRecord> entry) throws InterruptedException {
        try {
            producer.send(entry).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException refused ? refused : new KafkaException(failed);
        }
    }

    private static boolean isTransient(Throwable failure) {
        if (failure instanceof RetriableException) {
            return true;
        }
        return failure instanceof SerializationException && registryIsAway(failure);
    }

    private static boolean registryIsAway(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException refused) {
                return refused.getStatus() >= 500;
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
