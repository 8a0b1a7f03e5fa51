package io.quittance.executor.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DeadLetter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
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

    /**
     * Publishes a completion, or one in its place that says it was too large: an executor that stopped over it would
     * stop over it again after every restart, and do nothing that comes behind.
     *
     * @return the one that Kafka has
     * @throws KafkaException when Kafka will take neither, whatever is tried
     */
    public Completion publish(Completion completion) throws InterruptedException {
        try {
            return published(completion);
        } catch (RecordTooLargeException tooLarge) {
            return published(withoutDatasets(completion));
        }
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

    private Completion published(Completion completion) throws InterruptedException {
        publish(new ProducerRecord<>(completions, completion.getSubjectId(), completion));
        return completion;
    }

    private static Completion withoutDatasets(Completion tooLarge) {
        return Completion.newBuilder(tooLarge)
                .setStatus(CompletionStatus.FAILED)
                .setRetryable(false)
                .setCode("COMPLETION_TOO_LARGE")
                .setDetail("The executor's answer is larger than Kafka takes. What was done is in its receipts.")
                .setDatasets(List.of())
                .build();
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
