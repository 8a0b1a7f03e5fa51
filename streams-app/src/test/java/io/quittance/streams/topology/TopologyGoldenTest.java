package io.quittance.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.fixture.DrivenPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/topology/quittance-topology.txt");

    /** A change here changes names of stores and changelogs, which running applications have data under. */
    @Test
    void theTopologyIsTheOneOnFile(@TempDir Path state) throws IOException {
        try (var pipeline = new DrivenPipeline(state)) {
            String described = pipeline.topology().describe().toString();
            if (Boolean.getBoolean("regenerate")) {
                Files.writeString(GOLDEN, described);
            }

            assertThat(described).isEqualTo(Files.readString(GOLDEN));
        }
    }
}
