package io.quittance.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quittance.executor.Given;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, value) -> new byte[0]);
    private final Publisher publisher = new Publisher(producer, "completions", "dead-letters");

    @Test
    void itReturnsOnlyWhenKafkaHasAcknowledged() {
        CompletableFuture<Void> published = publish();
        awaitSent(1);
        assertThat(published).isNotDone();

        producer.completeNext();
        await().until(published::isDone);
        assertThat(published).isCompleted();
        assertThat(producer.history()).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("completions");
            assertThat(sent.key()).isEqualTo("subject-1");
        });
    }

    @Test
    void whileKafkaIsMerelyAwayItKeepsTrying() {
        CompletableFuture<Void> published = publish();
        awaitSent(1);
        producer.errorNext(new TimeoutException("away"));
        awaitSent(2);
        assertThat(published).isNotDone();

        producer.completeNext();
        await().until(published::isDone);
        assertThat(published).isCompleted();
    }

    @Test
    void whatKafkaWillNeverTakeIsAnErrorAndNotSkipped() {
        CompletableFuture<Void> published = publish();
        awaitSent(1);
        producer.errorNext(new TopicAuthorizationException("completions"));

        assertThatThrownBy(published::join).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void whatIsTooLargeForKafkaIsReportedWithoutItsDatasets() {
        CompletableFuture<Void> published = publish();
        awaitSent(1);
        producer.errorNext(new RecordTooLargeException("too large"));
        awaitSent(2);
        producer.completeNext();
        published.join();

        assertThat(producer.history().get(1).key()).isEqualTo("subject-1");
        Completion reported = (Completion) producer.history().get(1).value();
        assertThat(reported.getDetail()).contains("receipts");
        assertThat(reported)
                .isEqualTo(Completion.newBuilder(completion())
                        .setStatus(CompletionStatus.FAILED)
                        .setCode("COMPLETION_TOO_LARGE")
                        .setDetail(reported.getDetail())
                        .setDatasets(List.of())
                        .build());
    }

    @Test
    void whatIsTooLargeEvenSoIsAnErrorAndNotSkipped() {
        CompletableFuture<Void> published = publish();
        awaitSent(1);
        producer.errorNext(new RecordTooLargeException("too large"));
        awaitSent(2);
        producer.errorNext(new RecordTooLargeException("still too large"));

        assertThatThrownBy(published::join).hasCauseInstanceOf(RecordTooLargeException.class);
    }

    private void awaitSent(int count) {
        await().until(() -> producer.history().size() == count);
    }

    private CompletableFuture<Void> publish() {
        return CompletableFuture.runAsync(() -> {
            try {
                publisher.publish(completion());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Completion completion() {
        Task task = Given.task();
        return Completion.newBuilder()
                .setTaskId(task.getTaskId())
                .setRequestId(task.getRequestId())
                .setSubjectId(task.getSubjectId())
                .setSystem(task.getSystem())
                .setAttempt(1)
                .setGrantId("grant-1")
                .setStatus(CompletionStatus.DONE)
                .setDatasets(List.of(DatasetOutcome.newBuilder()
                        .setDataset("customers")
                        .setDisposition(Disposition.ERASED)
                        .build()))
                .setExecutor("test")
                .setStartedAt(Given.NOW)
                .setFinishedAt(Given.NOW)
                .build();
    }
}
