package io.quittance.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quittance.executor.DataSystem;
import io.quittance.executor.Given;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.Work;
import io.quittance.executor.grant.Authenticity;
import io.quittance.executor.grant.GrantCheck;
import io.quittance.schema.Completion;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskDeskTest {
    private static final Clock CLOCK = Clock.fixed(Given.NOW, ZoneOffset.UTC);

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final Window window = new Window(10);
    private final TaskDesk desk = new TaskDesk(
            window,
            new Lanes(1, "desk-test", broken::add),
            new TaskReader((topic, bytes) -> Given.task(), "test", true, CLOCK),
            new TaskExecution(
                    new ErasingSystem(),
                    new GrantCheck("shop", Duration.ZERO, CLOCK, task -> {}, Authenticity.BY_TOPIC),
                    Pseudonyms.withoutKey(),
                    new RetrySettings(1, Duration.ofMillis(1), Duration.ofMillis(2)),
                    1_000,
                    "executor test",
                    CLOCK),
            new Publisher(producer, "completions", "dead-letters"));

    @AfterEach
    void stop() {
        desk.stop(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void anAnswerTooLargeForKafkaDoesNotHoldUpWhatComesBehind() {
        desk.accept("subject-1", new DeliveredRecord("privacy.tasks.shop", 2, 7, 0, null, new byte[] {1}));
        awaitSent(1);
        producer.errorNext(new RecordTooLargeException("too large"));
        awaitSent(2);
        producer.completeNext();
        await().until(window::isEmpty);

        assertThat(broken).isEmpty();
        assertThat(window.committable())
                .containsEntry(new TopicPartition("privacy.tasks.shop", 2), new OffsetAndMetadata(8));
        assertThat(((Completion) producer.history().get(1).value()).getCode()).isEqualTo("COMPLETION_TOO_LARGE");
    }

    private void awaitSent(int count) {
        await().until(() -> producer.history().size() == count);
    }

    private static final class ErasingSystem implements DataSystem {
        @Override
        public List<DatasetOutcome> execute(Work work) {
            return List.of(DatasetOutcome.newBuilder()
                    .setDataset("customers")
                    .setDisposition(Disposition.ERASED)
                    .build());
        }

        @Override
        public List<DatasetOutcome> earlierOutcomes(Task task) {
            return List.of();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
