package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.nemesis.Injection.Step;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final Injection FULL = injection(Fault.DISK_FULL, "app-1");
    private static final Injection KILL = injection(Fault.KILL_APP, "app-2");

    @TempDir
    private Path directory;

    private final PaperGround ground = new PaperGround();
    private Diary diary;
    private Supervisor supervisor;

    @BeforeEach
    void begin() {
        diary = new Diary(directory.resolve("nemesis.jsonl"), Clock.systemUTC());
        supervisor = new Supervisor(ground, diary);
    }

    @AfterEach
    void end() {
        diary.close();
    }

    @Test
    void anInstanceMayStopWhenItsDiskIsFull() {
        ground.part("app-1").kill();
        supervisor.lookDuring(List.of(FULL, KILL));
        assertThat(written()).containsExactly("stopped disk-full app-1");
    }

    @Test
    void anotherMayNot() {
        ground.part("worker-1").kill();
        supervisor.lookDuring(List.of(FULL, KILL));
        assertThat(written()).containsExactly("crashed disk-full worker-1", "crashed kill-app worker-1");
    }

    @Test
    void whoeverWasKilledIsExpectedToBeDeadUntilTheFaultIsOver() {
        ground.part("app-2").kill();
        supervisor.lookDuring(List.of(FULL, KILL));
        assertThat(written()).isEmpty();
        supervisor.look(List.of(FULL, KILL), "at the end");
        assertThat(written()).containsExactly("crashed disk-full app-2", "crashed kill-app app-2");
    }

    @Test
    void eachEndIsWrittenDownOnce() {
        ground.part("app-1").kill();
        supervisor.lookDuring(List.of(FULL));
        supervisor.look(List.of(FULL), "at the end");
        assertThat(written()).hasSize(1);
        supervisor.restart();
        ground.part("app-1").kill();
        supervisor.look(List.of(FULL), "in recovery");
        assertThat(written()).hasSize(2);
    }

    private List<String> written() {
        return JsonLines.readAll(directory.resolve("nemesis.jsonl"), FaultEvent.class).stream()
                .map(event -> event.phase() + " " + event.fault() + " " + event.target())
                .toList();
    }

    private static Injection injection(Fault fault, String target) {
        return new Injection(fault, Set.of(target), "", Duration.ZERO, Step.nothing(), Step.nothing());
    }
}
