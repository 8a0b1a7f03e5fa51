package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.RequestState;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Task;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dockets and limiter together, through their topics. */
class LimitedPipelineTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path state;

    private DrivenPipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new DrivenPipeline(state);
        pipeline.publish(
                TOPICS.policies(),
                "default",
                Documents.policy(
                        1,
                        Documents.rule("all", "request.action == 'DELETE'", RuleOutcome.APPROVE)
                                .build()));
        pipeline.publish(TOPICS.systems(), "shop", Documents.system("shop", 1));
        pipeline.publish(TOPICS.systems(), "crm", Documents.system("crm", 1));
        pipeline.world.reachable(Set.of("shop", "crm"));
        pipeline.publish(TOPICS.limits(), "shop-deletes", Documents.limit("shop-deletes", 1, 2, "shop"));
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void noMoreThanTheLimitAreOutAndTheOtherSystemIsNotHeldBack() {
        submit(6);

        assertThat(pipeline.tasks("shop")).hasSize(2);
        assertThat(pipeline.tasks("crm")).hasSize(6);
        var answered = new HashSet<String>();
        for (int i = 1; i <= 6; i++) {
            answerOne("shop", answered);
            assertThat(pipeline.tasks("shop").size() - i).isLessThanOrEqualTo(2);
        }
        for (int i = 1; i <= 6; i++) {
            answerOne("crm", answered);
        }

        for (int i = 0; i < 6; i++) {
            assertThat(pipeline.lastAudit("r-" + i).getState()).isEqualTo(RequestState.FULFILLED);
        }
        pipeline.pass(A_SECOND);
        assertThat(pipeline.telemetry.limits).containsExactly(new LimitUse("shop-deletes", 0, 0, 0));
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @Test
    void eachLimitedTaskCostsAClaimAPermitAndARelease() {
        submit(1);
        var answered = new HashSet<String>();
        answerOne("shop", answered);
        answerOne("crm", answered);

        assertThat(pipeline.read(TOPICS.limitClaims(), LimitClaim.class))
                .extracting(LimitClaim::getKind)
                .containsExactly(LimitClaimKind.CLAIM, LimitClaimKind.RELEASE);
        assertThat(pipeline.read(TOPICS.limitPermits(), LimitPermit.class)).hasSize(1);
    }

    @Test
    void whileItWaitsTheAuditSaysSo() {
        submit(3);

        assertThat(pipeline.lastAudit("r-2").getTasks())
                .filteredOn(task -> task.getSystem().equals("shop"))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.getStatus()).isEqualTo("WAITING");
                    assertThat(task.getCode()).isEqualTo("LIMIT");
                });
        assertThat(pipeline.lastAudit("r-0").getTasks())
                .filteredOn(task -> task.getSystem().equals("shop"))
                .singleElement()
                .satisfies(task -> assertThat(task.getStatus()).isEqualTo("ISSUED"));
    }

    @Test
    void aWithdrawnRequestLeavesItsPlaceToTheNext() {
        submit(3);
        pipeline.publish(TOPICS.requests(), "s-0", Events.withdraw("r-0", "s-0"));
        assertThat(pipeline.tasks("shop"))
                .as("what is out is out until it has answered")
                .hasSize(2);

        Task first = pipeline.tasks("shop").get(0);
        pipeline.publish(TOPICS.completions(), first.getSubjectId(), Events.done(first));

        assertThat(pipeline.tasks("shop")).hasSize(3);
    }

    private void submit(int many) {
        for (int i = 0; i < many; i++) {
            pipeline.publish(
                    TOPICS.requests(),
                    "s-" + i,
                    Events.submit("r-" + i, "s-" + i, Action.DELETE, Map.of("email", "a@example.org")));
        }
    }

    private void answerOne(String system, Set<String> answered) {
        List<Task> tasks = pipeline.tasks(system);
        Task next = tasks.stream()
                .filter(task -> answered.add(task.getTaskId()))
                .findFirst()
                .orElseThrow();
        pipeline.publish(TOPICS.completions(), next.getSubjectId(), Events.done(next));
    }
}
