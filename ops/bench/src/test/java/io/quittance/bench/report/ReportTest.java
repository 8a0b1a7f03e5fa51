package io.quittance.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.bench.report.Goal.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final RunInfo INFO = new RunInfo(
            Instant.parse("2026-11-21T10:00:00Z"), "abc1234", "two cores", "ops/bench.sh", List.of("-Xmx1g"), true);

    private final Results results = new Results();

    @Test
    void theMedianIsWhatCounts() {
        assertThat(new Spread(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
        assertThat(new Spread(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
        assertThat(new Spread(List.of(9.0, 1.0)).max()).isEqualTo(9.0);
    }

    @Test
    void goalsAreReachedMissedOrNotMeasured() {
        rate("pipeline", 3_000);
        rate("postgres, as shipped", 1_000);
        rate("postgres, equal", 1_001);
        results.add(new Metric("W1", "pipeline", "N, log records per request", ""), 18.5);
        results.add(new Metric("W5", "mail", "most at once", ""), 2);

        List<Goal> goals = Goals.of(results);

        assertThat(verdict(goals, "at least 3 times postgres, as shipped")).isEqualTo(Verdict.REACHED);
        assertThat(verdict(goals, "at least 3 times postgres, equal")).isEqualTo(Verdict.MISSED);
        assertThat(verdict(goals, "N, log records per request: at most 18")).isEqualTo(Verdict.MISSED);
        assertThat(verdict(goals, "most at once: at most 2")).isEqualTo(Verdict.REACHED);
        assertThat(verdict(goals, "idle punctuation: at most 50")).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void aGoalAgainstOnePeerIsNotOneAgainstThoseWhoseNamesBeginAlike() {
        rate("pipeline", 3_000);
        rate("postgres, equal", 1_000);
        rate("postgres-by-event, equal", 100);
        rate("flowable", 100);

        assertThat(Goals.of(results))
                .extracting(Goal::wanted)
                .filteredOn(wanted -> wanted.startsWith("at least"))
                .containsExactly("at least 3 times postgres, equal", "at least 10 times flowable");
    }

    @Test
    void growthIsHeldAgainstTheSmallestStoreWhicheverWasMeasuredFirst() {
        processorTime("1,000,000 remembered", 500);
        processorTime("10,000 remembered", 400);
        processorTime("100,000 remembered", 600);

        assertThat(Goals.of(results))
                .filteredOn(goal -> goal.workload().equals("W7"))
                .singleElement()
                .satisfies(goal -> {
                    assertThat(goal.wanted()).endsWith("up to 1,000,000 remembered");
                    assertThat(goal.measured()).isEqualTo("1.50 ×");
                });
    }

    @Test
    void aRunThatEndedEarlySaysSo(@TempDir Path directory) throws IOException {
        rate("pipeline", 3_000);

        new Report(INFO.incomplete(), results).write(directory);

        assertThat(Files.readString(directory.resolve("bench.md"))).contains("Incomplete", "3,000");
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("bench.json").toFile());
        assertThat(json.get("complete").asBoolean()).isFalse();
    }

    @Test
    void oneLostRequestIsOneTooMany() {
        results.add(new Metric("W6", "with standby", "lost", ""), 0);
        results.add(new Metric("W6", "without standby", "doubled", ""), 1);

        List<Goal> goals = Goals.of(results);

        assertThat(goals)
                .filteredOn(goal -> goal.workload().equals("W6"))
                .extracting(Goal::verdict)
                .containsExactly(Verdict.MISSED);
    }

    @Test
    void everythingIsWritten(@TempDir Path directory) throws IOException {
        rate("pipeline", 3_000);
        rate("pipeline", 3_200);
        rate("pipeline", 2_900);
        rate("naive", 700);
        for (String contender : List.of("pipeline", "naive")) {
            results.add(new Metric("W2", contender, "approval → task p50", "ms"), 12);
            results.add(new Metric("W2", contender, "approval → task p99", "ms"), 48);
            results.add(new Metric("W2", contender, "approval → task p999", "ms"), 90);
        }
        processorTime("1,000 remembered", 400);
        processorTime("10,000 remembered", 410);
        results.note("A note.");
        results.addLoad(0.5);

        new Report(INFO, results).write(directory);

        assertThat(Files.readString(directory.resolve("bench.md")))
                .contains("3,000 (2,900–3,200)", "| naive | 700 |", "A note.", "abc1234")
                .doesNotContain("Incomplete");
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("bench.json").toFile());
        assertThat(json.at("/figures/0/median").asDouble()).isEqualTo(3_000);
        assertThat(json.at("/figures/0/rounds")).hasSize(3);
        assertThat(directory.resolve("w1-rates.png")).isNotEmptyFile();
        assertThat(directory.resolve("w2-latencies.png")).isNotEmptyFile();
        assertThat(directory.resolve("w7-growth.png")).isNotEmptyFile();
    }

    private void processorTime(String contender, double micros) {
        results.add(new Metric("W7", contender, "processor time per request", "µs"), micros);
    }

    private void rate(String contender, double rate) {
        results.add(new Metric("W1", contender, "closed requests per second", "/s"), rate);
    }

    private static Verdict verdict(List<Goal> goals, String wanted) {
        return goals.stream()
                .filter(goal -> goal.wanted().equals(wanted))
                .findFirst()
                .orElseThrow()
                .verdict();
    }
}
