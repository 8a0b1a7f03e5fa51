package io.quittance.bench.peer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Durability;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerCheck;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.harness.Reaper;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresWorkflowIT {
    static Stream<Tuning> tunings() {
        return Stream.of(Tuning.fromProperties(), Tuning.fromProperties().byEvent());
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void everyRequestHasItsDecisionFourOutcomesAndTwoAuditRows(Tuning tuning, @TempDir Path directory)
            throws Exception {
        try (var reaper = Reaper.hold(directory.resolve("run"))) {
            var surroundings = PeerCheck.surroundings(reaper, directory.resolve("peer"));
            var database = PeerDatabase.start(surroundings, Durability.AS_SHIPPED);
            var workflow = PostgresWorkflow.create(database, tuning);
            try (var contender = new DrivenContender("postgres", workflow, false)) {
                long requests = PeerCheck.everyRequestClosesOnce(contender);

                assertThat(PeerCheck.row(database, """
                                select (select count(*) from requests where state = 'F' and closed_at is not null),
                                       (select count(*) from decisions),
                                       (select count(*) from tasks where state = 'D' and outcome is not null),
                                       (select count(*) from audit where revision = 1),
                                       (select count(*) from audit where state = 'FULFILLED')
                                """))
                        .containsExactly(requests, requests, 4 * requests, requests, requests);
            }
        }
    }
}
