package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Task;
import io.quittance.streams.fixture.Documents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A freeze in the middle of work, through a real broker. */
@WithHarness
class FreezeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aFreezeStopsWhatIsUnderWayWithinASecondAndLiftingLetsGoInOrder(
            KafkaCluster kafka, RegistryProcess registry, @TempDir Path state) throws InterruptedException {
        try (RealPipeline pipeline = new RealPipeline("frozen", kafka, registry);
                QuittanceApp app = pipeline.instance(state).start()) {
            assertThat(app.awaitRunning(LIMIT)).isTrue();
            submit(pipeline, 0, 100);
            await().atMost(LIMIT).until(() -> !pipeline.tasks("shop").isEmpty());

            pipeline.publish(pipeline.topics.freezes(), "stop", Documents.freeze("stop"));
            Instant acknowledged = Instant.now();
            submit(pipeline, 100, 200);

            await().atMost(LIMIT).until(() -> isFrozen(pipeline, name(199)));
            Instant lastIssued = pipeline.tasks("shop").stream()
                    .map(Task::getIssuedAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            System.out.printf(
                    "FreezeIT: the last task went out %d ms after the freeze was acknowledged%n",
                    Duration.between(acknowledged, lastIssued).toMillis());
            assertThat(lastIssued).isBefore(acknowledged.plusSeconds(1));
            int before = pipeline.tasks("shop").size();

            pipeline.publish(pipeline.topics.freezes(), "stop", (byte[]) null);
            Instant lifted = Instant.now();
            await().atMost(LIMIT).until(() -> pipeline.tasks("shop").size() == 200);

            List<Task> thawed = pipeline.tasks("shop").stream()
                    .filter(task -> !task.getIssuedAt().isBefore(acknowledged.plusSeconds(1))
                            || task.getIssuedAt().isAfter(lifted))
                    .toList();
            assertThat(thawed).hasSize(200 - before);
            assertThat(thawed).allSatisfy(task -> assertThat(task.getIssuedAt()).isBefore(lifted.plusSeconds(2)));
            inEachPartition(thawed).forEach(subjects -> assertThat(subjects).isSorted());
        }
    }

    private static void submit(RealPipeline pipeline, int from, int to) {
        IntStream.range(from, to).forEach(number -> pipeline.submit("r-" + name(number), name(number), Action.ACCESS));
    }

    private static boolean isFrozen(RealPipeline pipeline, String subject) {
        List<AuditRecord> audits = pipeline.audits("r-" + subject);
        return !audits.isEmpty() && audits.get(audits.size() - 1).getCode().equals("FROZEN");
    }

    /** Names sort as they were submitted. */
    private static String name(int number) {
        return String.format("subject-%03d", number);
    }

    private static Iterable<List<String>> inEachPartition(List<Task> tasks) {
        return tasks.stream()
                .map(Task::getSubjectId)
                .collect(Collectors.groupingBy(subject -> io.quittance.streams.state.SubjectPartition.of(
                        subject.getBytes(java.nio.charset.StandardCharsets.UTF_8), RealPipeline.PARTITIONS)))
                .values();
    }
}
