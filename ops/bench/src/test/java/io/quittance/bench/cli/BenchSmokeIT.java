package io.quittance.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every workload once, tiny: they work, they find what they look for, and nothing is lost. How fast is not asked. */
class BenchSmokeIT {

    @Test
    void everyWorkloadRunsAndLosesNothing(@TempDir Path directory) throws IOException {
        int exit = Bench.run("--quick", "--contenders", "none", "--directory", directory.toString());

        assertThat(exit).as("3 if something was lost or doubled").isZero();
        JsonNode report =
                new ObjectMapper().readTree(directory.resolve("bench.json").toFile());
        assertThat(List.of("raw", "W1", "W2", "W3", "W4", "W5", "W6", "W7"))
                .allSatisfy(workload -> assertThat(figures(report, workload)).isNotEmpty());
        assertThat(figure(report, "W3", "waiting, as the application counts")).isEqualTo(2_000);
        assertThat(figure(report, "W3", "idle punctuation")).isPositive();
        assertThat(figure(report, "W4", "expired")).isEqualTo(200);
        assertThat(figure(report, "W5", "most at once")).isBetween(1.0, 2.0);
        assertThat(directory.resolve("bench.md")).isNotEmptyFile();
        assertThat(directory.resolve("w1-rates.png")).isNotEmptyFile();
    }

    private static double figure(JsonNode report, String workload, String name) {
        return figures(report, workload).stream()
                .filter(figure -> figure.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .get("median")
                .asDouble();
    }

    private static List<JsonNode> figures(JsonNode report, String workload) {
        return StreamSupport.stream(report.get("figures").spliterator(), false)
                .filter(figure -> figure.get("workload").asText().equals(workload))
                .toList();
    }
}
