package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Freeze;
import io.quittance.schema.RequestState;
import io.quittance.schema.Scope;
import io.quittance.schema.Task;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import io.quittance.streams.metrics.PipelineMetrics;
import io.quittance.streams.state.DocketGauges;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeTopologyTest {
    private static final Duration A_TICK = Duration.ofMillis(200);

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
    void whileEverythingIsFrozenNothingGoesOutAndLiftingLetsGoInOrderWithinATick() {
        freeze(Documents.freeze("stop"));
        for (String subject : List.of("s-3", "s-1", "s-2")) {
            access(subject);
            pipeline.pass(Duration.ofSeconds(1));
        }
        assertThat(pipeline.lastAudit("r-s-1").getCode()).isEqualTo("FROZEN");
        assertThat(pipeline.tasks("shop")).isEmpty();
        assertThat(frozen()).isEqualTo(3);
        assertThat(scraped()).contains("quittance_frozen 3.0");

        lift("stop");
        pipeline.pass(A_TICK);

        assertThat(pipeline.tasks("shop")).extracting(Task::getSubjectId).containsExactly("s-3", "s-1", "s-2");
        assertThat(frozen()).isZero();
    }

    @Test
    void whatAFreezeStoppedThatCameAndWentBetweenTwoLooksGoesOn() {
        pipeline.pass(A_TICK);
        freeze(Documents.freeze("slip"));
        access("s-1");
        lift("slip");

        pipeline.pass(A_TICK);

        assertThat(pipeline.tasks("shop")).hasSize(1);
    }

    @Test
    void aFreezeThatEndsByItselfLetsGoInOrderToo() {
        freeze(Freeze.newBuilder(Documents.freeze("window"))
                .setUntil(DrivenPipeline.BEGIN.plus(Duration.ofHours(1)))
                .build());
        for (String subject : List.of("s-3", "s-1", "s-2")) {
            access(subject);
            pipeline.pass(Duration.ofSeconds(1));
        }
        assertThat(pipeline.lastAudit("r-s-1").getWaitsUntil())
                .isEqualTo(DrivenPipeline.BEGIN.plus(Duration.ofHours(1)));

        pipeline.pass(Duration.ofHours(1));

        assertThat(pipeline.tasks("shop")).extracting(Task::getSubjectId).containsExactly("s-3", "s-1", "s-2");
    }

    @Test
    void whatOnlyOneOfTwoFreezesStoppedGoesOnAndTheRestDoesNot() {
        freeze(Documents.freeze("all"));
        freeze(Documents.freeze("shop-only", "shop"));
        access("s-1", "shop");
        access("s-2", "index");

        lift("all");
        pipeline.pass(A_TICK);

        assertThat(pipeline.tasks("shop")).isEmpty();
        assertThat(pipeline.tasks("index")).extracting(Task::getSubjectId).containsExactly("s-2");
        assertThat(frozen()).isEqualTo(1);
    }

    @Test
    void aTaskThatAnExecutorRefusedForAFreezeGoesOutAgainWhenItIsLifted() {
        access("s-1", "shop");
        freeze(Documents.freeze("stop"));
        pipeline.publish(
                TOPICS.completions(), "s-1", frozen(pipeline.tasks("shop").get(0)));
        pipeline.pass(Duration.ofMinutes(1));
        assertThat(pipeline.tasks("shop")).hasSize(1);
        assertThat(pipeline.lastAudit("r-s-1").getTasks().get(0).getCode()).isEqualTo("FROZEN");

        lift("stop");
        pipeline.pass(A_TICK);

        assertThat(pipeline.tasks("shop")).extracting(Task::getAttempt).containsExactly(1, 2);
        assertThat(pipeline.tasks("shop").get(1).getPolicy()).isEqualTo("default");
    }

    @Test
    void aFreezeThatCannotBeReadStopsEverythingAndIsHandedToPeople() {
        pipeline.publish(TOPICS.freezes(), "incident", new byte[] {1, 2, 3});
        access("s-1");
        assertThat(pipeline.lastAudit("r-s-1").getCode()).isEqualTo("FROZEN");
        assertThat(pipeline.refusedDocuments)
                .extracting(DrivenPipeline.Refused::code)
                .containsExactly("UNDECODABLE");

        freeze(Documents.freeze("incident", "elsewhere"));
        pipeline.pass(A_TICK);

        assertThat(pipeline.lastAudit("r-s-1").getState()).isEqualTo(RequestState.EXECUTING);
    }

    @Test
    void aFreezeThatNamesNothingStopsEverythingUntilItIsLifted() {
        freeze(Freeze.newBuilder(Documents.freeze("slip")).setEverything(false).build());
        access("s-1");
        assertThat(pipeline.lastAudit("r-s-1").getCode()).isEqualTo("FROZEN");
        assertThat(pipeline.refusedDocuments)
                .extracting(DrivenPipeline.Refused::code)
                .containsExactly("INVALID");

        lift("slip");
        pipeline.pass(A_TICK);

        assertThat(pipeline.lastAudit("r-s-1").getState()).isEqualTo(RequestState.EXECUTING);
    }

    @Test
    void ofSeveralHoldsOneIsLiftedByItsId() {
        DirectiveEvent hold = DirectiveEvent.newBuilder(Events.direct(null, "s-1", DirectiveKind.HOLD))
                .setScope(Scope.newBuilder().setSystems(List.of("shop")).build())
                .build();
        pipeline.publish(TOPICS.directives(), "s-1", hold);
        submit("s-1", Action.DELETE);
        pipeline.publish(
                TOPICS.decisions(),
                "s-1",
                Events.decide(
                        "r-s-1",
                        "s-1",
                        io.quittance.schema.Verdict.APPROVE,
                        "approver-1",
                        pipeline.lastPrompt().getPlanSha256()));
        assertThat(pipeline.lastAudit("r-s-1").getCode()).isEqualTo("LEGAL_HOLD");

        pipeline.publish(
                TOPICS.directives(),
                "s-1",
                DirectiveEvent.newBuilder(Events.direct(null, "s-1", DirectiveKind.LIFT))
                        .setHoldId("another")
                        .build());
        assertThat(pipeline.deadLetters())
                .extracting(letter -> letter.getCode())
                .containsExactly("UNKNOWN_HOLD");
        pipeline.publish(
                TOPICS.directives(),
                "s-1",
                DirectiveEvent.newBuilder(Events.direct(null, "s-1", DirectiveKind.LIFT))
                        .setHoldId(hold.getDirectiveId())
                        .build());

        assertThat(pipeline.lastAudit("r-s-1").getState()).isEqualTo(RequestState.EXECUTING);
    }

    private void freeze(Freeze freeze) {
        pipeline.publish(TOPICS.freezes(), freeze.getName(), freeze);
    }

    private void lift(String name) {
        pipeline.publish(TOPICS.freezes(), name, (byte[]) null);
    }

    private void access(String subject, String... systems) {
        submit(subject, Action.ACCESS, systems);
    }

    private void submit(String subject, Action action, String... systems) {
        pipeline.publish(
                TOPICS.requests(),
                subject,
                Events.submit("r-" + subject, subject, action, Map.of("email", subject + "@example.org"), systems));
    }

    private String scraped() {
        var metrics = new PipelineMetrics(Clock.systemUTC());
        pipeline.telemetry.open.forEach(metrics::opened);
        String scraped = metrics.scrape();
        metrics.close();
        return scraped;
    }

    private int frozen() {
        return pipeline.telemetry.open.values().stream()
                .mapToInt(DocketGauges::frozen)
                .sum();
    }

    private static Completion frozen(Task task) {
        return Completion.newBuilder(Events.done(task))
                .setStatus(CompletionStatus.REFUSED)
                .setCode("FROZEN")
                .setDatasets(List.of())
                .setFinishedAt(Instant.EPOCH)
                .build();
    }
}
