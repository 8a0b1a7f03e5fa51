package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.FULFILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditDelayTest {
    private static final String R = "r";
    private static final Duration DELAY = Duration.ofSeconds(1);

    @Test
    void whatIsOverWithinTheDelayIsToldOnceAndAtOnce() {
        Scenario told = given().submit(R, DELETE).approve(R, "ada").done(R, "shop");
        assertThat(audits(told)).isEmpty();

        told.done(R, "archive").thenStands(R, FULFILLED);

        assertThat(audits(told)).containsExactly(FULFILLED.name());
        assertThat(notifications(told)).containsExactly("CLOSED");
        assertThat(told.theCase(R).story().trail()).extracting("code").contains("APPROVAL_WANTED", "FULFILLED");
    }

    @Test
    void whatLastsIsToldAfterTheDelayAndOnce() {
        Scenario told = given().submit(R, DELETE);
        assertThat(told.due()).isEqualTo(Scenario.START.plus(DELAY));

        told.after(DELAY).after(DELAY).thenStands(R, AWAITING_APPROVAL);

        assertThat(audits(told)).containsExactly(AWAITING_APPROVAL.name());
        assertThat(notifications(told)).containsExactly("APPROVAL_WANTED");
        assertThat(told.due()).isAfter(Scenario.START.plusSeconds(60));
    }

    @Test
    void theDelayCountsFromTheFirstThingUntoldSoThatABusyRequestIsToldToo() {
        Scenario told = given().submit(R, DELETE)
                .after(DELAY.dividedBy(2))
                .approve(R, "ada")
                .after(DELAY.dividedBy(2));

        assertThat(audits(told)).containsExactly(EXECUTING.name());
        assertThat(notifications(told)).as("nobody is asked any more").isEmpty();
    }

    /** Else, the longer the queue, the more each request adds to it. */
    @ParameterizedTest
    @CsvSource({"PT0.2S, PT1S", "PT0.5S, PT2S", "PT1H, PT10S", "PT-1H, PT1S"})
    void whereRecordsQueueTheEndIsGivenTimeToOvertakeWhatIsUntold(Duration queued, Duration untold) {
        Scenario told = given().queueing(queued).submit(R, DELETE);

        assertThat(told.due()).isEqualTo(Scenario.START.plus(untold));
        assertThat(audits(told.after(untold))).containsExactly(AWAITING_APPROVAL.name());
    }

    @Test
    void withoutADelayEachStepIsToldHoweverLongRecordsQueue() {
        Scenario told = Scenario.given().queueing(Duration.ofMinutes(1)).submit(R, DELETE);

        assertThat(audits(told)).isNotEmpty();
    }

    /** Whoever restores that system from a backup has to know, however long another one takes. */
    @Test
    void aSystemThatHasDoneItsPartIsToldBeforeTheOthersHave() {
        Scenario told = given().submit(R, DELETE).approve(R, "ada").after(DELAY);

        told.done(R, "shop").after(DELAY);

        assertThat(tasks(told)).containsEntry("shop", TaskStatus.DONE).containsEntry("archive", TaskStatus.ISSUED);
        told.failed(R, "archive", true).after(DELAY);
        assertThat(tasks(told)).containsEntry("archive", TaskStatus.RETRYING);
    }

    @Test
    void aRefusalIsToldToo() {
        Scenario told = given().submit(R, DELETE).after(DELAY).approve(R, Scenario.SUBJECT);
        int before = audits(told).size();

        told.after(DELAY);

        assertThat(audits(told)).hasSize(before + 1);
        assertThat(told.effects(Effect.WriteAudit.class)
                        .get(before)
                        .snapshot()
                        .story()
                        .trail())
                .extracting("code")
                .contains("SELF_APPROVAL");
    }

    private static Scenario given() {
        return Scenario.given().settings(Settings.DEFAULTS.tellingAfter(DELAY));
    }

    private static List<String> audits(Scenario told) {
        return told.effects(Effect.WriteAudit.class).stream()
                .map(audit -> audit.snapshot().state().name())
                .toList();
    }

    /** As the last audit record has them. */
    private static Map<String, TaskStatus> tasks(Scenario told) {
        List<Effect.WriteAudit> audits = told.effects(Effect.WriteAudit.class);
        return audits.get(audits.size() - 1).snapshot().tasks().stream()
                .collect(Collectors.toMap(TaskState::system, TaskState::status));
    }

    private static List<String> notifications(Scenario told) {
        return told.effects(Effect.Notify.class).stream()
                .map(Effect.Notify::code)
                .toList();
    }
}
