package io.quittance.proving.load;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Place;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes as a careful producer does: idempotent, acknowledged by all replicas, and again if nobody acknowledged.
 * What was sent goes into the history when its fate is known.
 */
final class Outbox implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final JsonLines.Writer<Act> acts;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Outbox(String bootstrapServers, JsonLines.Writer<Act> acts, ScheduledExecutorService scheduler, Clock clock) {
        this.acts = acts;
        this.scheduler = scheduler;
        this.clock = clock;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        20_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        6_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.LINGER_MS_CONFIG,
                        2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A letter that has not been acknowledged, and since when. */
    private static final class Pending {
        final Letter letter;
        final long since;
        final CompletableFuture<Place> done = new CompletableFuture<>();
        int tries;

        Pending(Letter letter, long since) {
            this.letter = letter;
            this.since = since;
        }
    }

    /** @return completed with the record's place when the brokers have it; never, if they never say so */
    CompletableFuture<Place> send(Letter letter) {
        var sent = new Pending(letter, clock.millis());
        pending.add(sent);
        attempt(sent);
        return sent.done;
    }

    /** Letters that have not been acknowledged. */
    int unacknowledged() {
        return pending.size();
    }

    /** Says what is known of those that were never acknowledged. */
    @Override
    public void close() {
        closed = true;
        producer.close(LAST_WORDS);
        pending.forEach(this::giveUp);
    }

    private void attempt(Pending sent) {
        if (closed) {
            return;
        }
        sent.tries++;
        try {
            producer.send(record(sent.letter), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged(sent, new Place(metadata.topic(), metadata.partition(), metadata.offset()));
                } else {
                    failed(sent, failure);
                }
            });
        } catch (KafkaException | IllegalStateException failure) {
            failed(sent, failure);
        }
    }

    private void acknowledged(Pending sent, Place place) {
        if (pending.remove(sent)) {
            Letter.Note note =
                    sent.tries > 1 ? sent.letter.note().with("resent", "" + (sent.tries - 1)) : sent.letter.note();
            acts.write(note.act(sent.since, clock.millis(), place));
            scheduler.execute(() -> sent.done.complete(place));
        }
    }

    private void failed(Pending sent, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            giveUp(sent);
        } else if (!closed) {
            scheduler.schedule(() -> attempt(sent), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveUp(Pending sent) {
        if (pending.remove(sent)) {
            acts.write(sent.letter.note().act(sent.since, null, null));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Letter letter) {
        var record = new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), letter.value());
        letter.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
