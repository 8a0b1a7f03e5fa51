package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Notification;
import io.quittance.schema.RequestState;
import io.quittance.schema.TrailEntry;
import io.quittance.schema.Verdict;
import io.quittance.schema.VerificationEvent;
import io.quittance.schema.VerificationOutcome;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.domain.Settings;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import io.quittance.streams.metrics.PipelineMetrics;
import io.quittance.streams.processor.ProcessorSettings;
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

/** The laws that come with the application, through the topology: what others see of a request's clock. */
class StatutoryClockTopologyTest {
    private static final String SUBJECT = "subject-1";
    private static final String REQUEST = "request-1";
    /** A month after 20 November is a Sunday; three months are a Saturday. */
    private static final Instant DUE = Instant.parse("2026-12-21T22:59:59.999Z");

    private static final Instant EXTENDED = Instant.parse("2027-02-22T22:59:59.999Z");

    @TempDir
    Path stateDirectory;

    private DrivenPipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new DrivenPipeline(stateDirectory, underTheLaws()).withShop();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void promptAndAuditSayWhenTheLawWantsAnAnswer() {
        submit(Action.DELETE);

        assertThat(pipeline.lastPrompt().getDueAt()).isEqualTo(DUE);
        assertThat(lastAudit().getClock()).satisfies(clock -> {
            assertThat(clock.getRegime()).isEqualTo("GDPR");
            assertThat(clock.getArticle()).startsWith("GDPR art. 12(3)");
            assertThat(clock.getStartedAt()).isEqualTo(Events.WRITTEN);
            assertThat(clock.getDueAt()).isEqualTo(DUE);
            assertThat(clock.getStoppedAt()).isNull();
        });
    }

    @Test
    void anExtensionShowsInPromptAuditAndNotifications() {
        submit(Action.DELETE);

        direct(DirectiveKind.EXTEND);
        direct(DirectiveKind.PAUSE_CLOCK);

        assertThat(pipeline.lastPrompt().getDueAt()).isEqualTo(EXTENDED);
        assertThat(lastAudit().getClock()).satisfies(clock -> {
            assertThat(clock.getFirstDueAt()).isEqualTo(DUE);
            assertThat(clock.getExtensions()).singleElement().satisfies(given -> {
                assertThat(given.getBy()).isEqualTo("legal-1");
                assertThat(given.getReason()).isEqualTo("case 7");
                assertThat(given.getDueAt()).isEqualTo(EXTENDED);
            });
        });
        assertThat(notices()).contains("EXTENDED");
        assertThat(lastAudit().getTrail()).extracting(TrailEntry::getCode).contains("EXTENDED", "CLOCK_NOT_PAUSABLE");
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @Test
    void nearAndMissedAreToldOnceByWallClockAndShownInTheGauges() {
        var metrics = new PipelineMetrics(Clock.systemUTC());
        pipeline.telemetry.open.forEach(metrics::opened);
        leaveOpen();

        pipeline.pass(Duration.ofDays(23));
        assertThat(deadlineNotices()).isEmpty();
        assertThat(metrics.scrape()).contains("quittance_deadlines_near 0.0", "quittance_deadlines_missed 0.0");

        pipeline.pass(Duration.ofDays(1));
        assertThat(deadlineNotices()).containsExactly("DEADLINE_NEAR");
        assertThat(metrics.scrape()).contains("quittance_deadlines_near 1.0", "quittance_deadlines_missed 0.0");

        pipeline.pass(Duration.ofDays(8));
        pipeline.pass(Duration.ofDays(8));
        assertThat(deadlineNotices()).containsExactly("DEADLINE_NEAR", "DEADLINE_MISSED");
        assertThat(metrics.scrape()).contains("quittance_deadlines_near 0.0", "quittance_deadlines_missed 1.0");
        assertThat(lastAudit().getClock().getMissed()).isTrue();
        assertThat(lastAudit().getTrail()).extracting(TrailEntry::getCode).contains("DEADLINE_NEAR", "DEADLINE_MISSED");

        pipeline.publish(TOPICS.requests(), SUBJECT, Events.withdraw(REQUEST, SUBJECT));
        assertThat(metrics.scrape()).contains("quittance_deadlines_missed 0.0");
        assertThat(lastAudit().getClock().getMissed()).isTrue();
        metrics.close();
    }

    @Test
    void aRefusedProofDeniesInTheWordsOfTheLaw() {
        submit(Action.EXPORT);

        prove(VerificationOutcome.REFUSED);

        AuditRecord audit = lastAudit();
        assertThat(audit.getState()).isEqualTo(RequestState.DENIED);
        assertThat(audit.getCode()).isEqualTo("IDENTITY_NOT_PROVEN");
        assertThat(audit.getLegalBasis()).isEqualTo("GDPR art. 12(2), 12(6)");
        assertThat(audit.getClock().getStoppedAt()).isEqualTo(audit.getClosedAt());
    }

    /** Approved, but a legal hold keeps it waiting. */
    private void leaveOpen() {
        pipeline.publish(TOPICS.directives(), SUBJECT, Events.direct(null, SUBJECT, DirectiveKind.HOLD));
        submit(Action.DELETE);
        pipeline.publish(
                TOPICS.decisions(),
                SUBJECT,
                Events.decide(
                        REQUEST,
                        SUBJECT,
                        Verdict.APPROVE,
                        "officer-1",
                        pipeline.lastPrompt().getPlanSha256()));
        assertThat(lastAudit().getState()).isEqualTo(RequestState.QUEUED);
    }

    private static ProcessorSettings underTheLaws() {
        Settings settings = AppConfig.from(Map.of("bootstrap.servers", "none:1", "schema.registry.url", "http://none"))
                .settings()
                .tellingAfter(Duration.ZERO);
        ProcessorSettings defaults = ProcessorSettings.defaults(1);
        return new ProcessorSettings(
                settings,
                1,
                defaults.maxValueBytes(),
                defaults.maxDocketBytes(),
                defaults.maxAuditBytes(),
                true,
                defaults.timerInterval(),
                defaults.timerBatch(),
                defaults.timerSlice(),
                defaults.sweepInterval(),
                defaults.sweepPass(),
                defaults.registryPatience(),
                defaults.urgentCommitSpacing(),
                defaults.parsedDocketBytes());
    }

    private void submit(Action action) {
        pipeline.publish(
                TOPICS.requests(), SUBJECT, Events.submit(REQUEST, SUBJECT, action, Map.of("email", "a@example.org")));
    }

    private void prove(VerificationOutcome outcome) {
        var proof = VerificationEvent.newBuilder(Events.verify(REQUEST, SUBJECT, 2))
                .setOutcome(outcome)
                .build();
        pipeline.publish(TOPICS.verifications(), SUBJECT, proof);
    }

    private void direct(DirectiveKind kind) {
        pipeline.publish(TOPICS.directives(), SUBJECT, Events.direct(REQUEST, SUBJECT, kind));
    }

    private AuditRecord lastAudit() {
        return pipeline.lastAudit(REQUEST);
    }

    private List<String> deadlineNotices() {
        return notices().stream().filter(code -> code.startsWith("DEADLINE")).toList();
    }

    private List<String> notices() {
        return pipeline.read(TOPICS.notifications(), Notification.class).stream()
                .map(Notification::getCode)
                .toList();
    }
}
