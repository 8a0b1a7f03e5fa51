package io.quittance.bench.peer.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.PeerCheck;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.Reaper;
import io.quittance.harness.junit.WithHarness;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithHarness
class NaivePeerIT {
    @Test
    void everyRequestClosesOnceAndTheLogTellsWhatItCost(KafkaCluster kafka, @TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory.resolve("run"))) {
            var surroundings =
                    new Surroundings(reaper, directory.resolve("peer"), kafka.bootstrapServers(), "", () -> 0);
            try (var contender = new NaivePeer().start(surroundings, Durability.AS_SHIPPED)) {
                PeerCheck.everyRequestClosesOnce(contender);

                var cost = contender
                        .closedLoop(Duration.ofMillis(500), Duration.ofSeconds(1), 20)
                        .log();
                assertThat(cost).isNotNull();
                assertThat(cost.recordsPerRequest()).isGreaterThan(6 + 4 + 6 + 2);
            }
        }
    }
}
