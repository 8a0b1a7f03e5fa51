package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.Task;
import io.quittance.schema.Verdict;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs the log, before the store's cache saves any of it and without transaction markers. */
class RecordsPerRequestTest {
    private static final List<String> SYSTEMS = List.of("shop", "crm", "tickets", "mail");

    @Test
    void oneApprovalAndFourSystemsTakeTwentySixRecordsIfEachStepIsTold(@TempDir Path state) {
        try (var pipeline = new DrivenPipeline(state)) {
            pipeline.publish(TOPICS.policies(), "default", Documents.policy(1));
            SYSTEMS.forEach(system -> pipeline.publish(TOPICS.systems(), system, Documents.system(system, 1)));
            pipeline.world.reachable(Set.copyOf(SYSTEMS));

            pipeline.publish(
                    TOPICS.requests(),
                    "s-1",
                    Events.submit("r-1", "s-1", Action.DELETE, Map.of("email", "a@example.org")));
            String hash = pipeline.lastPrompt().getPlanSha256();
            pipeline.publish(
                    TOPICS.decisions(), "s-1", Events.decide("r-1", "s-1", Verdict.APPROVE, "approver-1", hash));
            for (String system : SYSTEMS) {
                Task task = pipeline.tasks(system).get(0);
                pipeline.publish(TOPICS.completions(), "s-1", Events.done(task));
            }

            int read = 1 + 1 + SYSTEMS.size();
            assertThat(pipeline.lastAudit("r-1").getClosed()).isTrue();
            assertThat(read + pipeline.written().size()).isEqualTo(26);
        }
    }
}
