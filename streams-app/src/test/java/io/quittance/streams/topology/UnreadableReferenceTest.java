package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.RequestState;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A document that cannot be read and none that was before it: a new instance after compaction sees no more of one that
 * was replaced by a mistake.
 */
class UnreadableReferenceTest {
    private static final byte[] GARBAGE = {1, 2, 3};

    @TempDir
    Path state;

    private DrivenPipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new DrivenPipeline(state).withShop();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void aSystemThatCannotBeReadIsNotLeftOutOfPlans() {
        pipeline.world.reachable(Set.of("shop", "index", "crm"));
        pipeline.publish(TOPICS.systems(), "crm", GARBAGE);
        submit("r-1", Action.DELETE);
        assertThat(pipeline.lastAudit("r-1").getState()).isEqualTo(RequestState.DENIED);
        assertThat(pipeline.lastAudit("r-1").getCode()).isEqualTo("MAP_UNREADABLE");

        pipeline.publish(TOPICS.systems(), "crm", Documents.system("crm", 1));
        submit("r-2", Action.DELETE);
        assertThat(pipeline.lastAudit("r-2").getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
    }

    @Test
    void aSystemThatIsKnownStaysAsItWas() {
        pipeline.publish(TOPICS.systems(), "shop", GARBAGE);

        submit("r-1", Action.DELETE);

        assertThat(pipeline.lastAudit("r-1").getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
    }

    @Test
    void whatHasNoTopicOfTasksWasNeverASystem() {
        pipeline.publish(TOPICS.systems(), "slip", GARBAGE);

        submit("r-1", Action.DELETE);

        assertThat(pipeline.lastAudit("r-1").getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
    }

    private void submit(String request, Action action) {
        String subject = "subject-of-" + request;
        pipeline.publish(
                TOPICS.requests(), subject, Events.submit(request, subject, action, Map.of("email", "a@example.org")));
    }
}
