package io.quittance.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.bench.report.Metric;
import io.quittance.bench.report.Results;
import io.quittance.bench.report.RunInfo;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedTest {
    private static final RunInfo INFO =
            new RunInfo(Instant.parse("2026-11-21T10:00:00Z"), "abc1234", "two cores", "ops/bench.sh", List.of(), true);

    @TempDir
    private Path directory;

    private final Results results = new Results();

    @AfterEach
    void interruptNobodyElse() {
        Thread.interrupted();
    }

    @Test
    void whatWasMeasuredBeforeAFailureIsWrittenAndTheFailureTold() throws IOException {
        assertThatThrownBy(() -> Recorded.write(this::measureAndFail, results, INFO, directory))
                .isInstanceOf(HarnessException.class)
                .hasMessage("the broker is gone");

        assertThat(Files.readString(directory.resolve("bench.md"))).contains("Incomplete", "2,737");
    }

    @Test
    void soItIsWhenItIsStopped() throws IOException {
        assertThatThrownBy(() -> Recorded.write(this::measureAndBeInterrupted, results, INFO, directory))
                .isInstanceOf(HarnessException.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(directory.resolve("bench.md"))).contains("Incomplete", "2,737");
    }

    @Test
    void anEarlierReportStaysWhereNothingWasMeasured() {
        assertThatThrownBy(() -> Recorded.write(
                        () -> {
                            throw new HarnessException("Kafka does not start");
                        },
                        results,
                        INFO,
                        directory))
                .isInstanceOf(HarnessException.class);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aWholeRunIsNotCalledIncomplete() throws Exception {
        Recorded.write(this::measure, results, INFO, directory);

        assertThat(Files.readString(directory.resolve("bench.md")))
                .contains("2,737")
                .doesNotContain("Incomplete");
    }

    private void measure() {
        results.add(new Metric("W1", "pipeline", "closed requests per second", "/s"), 2_737);
    }

    private void measureAndFail() {
        measure();
        throw new HarnessException("the broker is gone");
    }

    private void measureAndBeInterrupted() {
        measure();
        Thread.currentThread().interrupt();
        throw new HarnessException("interrupted while topics are deleted");
    }
}
