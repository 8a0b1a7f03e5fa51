package io.quittance.bench.peer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Durability;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerCheck;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.harness.Reaper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresWorkflowIT {
    @Test
    void everyRequestHasItsDecisionFourOutcomesAndTwoAuditRows(@TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory.resolve("run"))) {
            var surroundings = PeerCheck.surroundings(reaper, directory.resolve("peer"));
            var database = PeerDatabase.start(surroundings, Durability.AS_SHIPPED);
            var workflow = PostgresWorkflow.create(database, Tuning.fromProperties());
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
