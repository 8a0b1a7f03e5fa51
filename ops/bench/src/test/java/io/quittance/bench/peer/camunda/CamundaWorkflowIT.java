package io.quittance.bench.peer.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Durability;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerCheck;
import io.quittance.bench.peer.drive.PeerDatabase;
import io.quittance.harness.Reaper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamundaWorkflowIT {
    @Test
    void everyProcessEndsWithItsDecisionAndFourOutcomesInTheHistory(@TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory.resolve("run"))) {
            var surroundings = PeerCheck.surroundings(reaper, directory.resolve("peer"));
            var database = PeerDatabase.start(surroundings, Durability.AS_SHIPPED);
            var workflow = CamundaWorkflow.create(database, Tuning.fromProperties());
            try (var contender = new DrivenContender("camunda", workflow, false)) {
                long requests = PeerCheck.everyRequestClosesOnce(contender);

                assertThat(PeerCheck.row(database, """
                                select (select count(*) from act_hi_procinst where end_time_ is not null),
                                       (select count(*) from act_hi_varinst where name_ = 'decision'),
                                       (select count(*) from act_hi_varinst where name_ like 'outcome_%'),
                                       (select count(*) from act_ru_execution)
                                """)).containsExactly(requests, requests, 4 * requests, 0L);
            }
        }
    }
}
