package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.ground.FaultyWire;
import io.quittance.proving.ground.IdleWire;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.load.Disturbance;
import io.quittance.proving.load.Probe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On paper, where time stands still: each test ends it when it has seen enough. */
@Timeout(60)
class NemesisTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private final PaperGround ground = new PaperGround();
    private Runnable onPoison = () -> {};
    private Runnable onProbe = () -> {};
    private Runnable onWire = () -> {};

    @Test
    void writesDownWhoEndsUnderAFaultThatTakesNobody() {
        onPoison = () -> ground.part("app-1").kill();
        assertThat(events(Set.of(Fault.POISON), AN_HOUR, Duration.ZERO)).contains("crashed poison app-1 under way");
        assertThat(ground.part("app-1").alive()).isTrue();
    }

    @Test
    void writesDownWhoEndsInTheCalm() {
        ground.part("worker-2").kill();
        assertThat(events(Set.of(Fault.POISON), AN_HOUR, Duration.ZERO))
                .startsWith("crashed (none under way) worker-2 in the calm")
                .filteredOn(line -> line.startsWith("crashed"))
                .hasSize(1);
    }

    @Test
    void writesDownWhoEndsWhileThePipelineRecovers() {
        onProbe = () -> ground.part("broker-3").kill();
        assertThat(events(Set.of(Fault.POISON), AN_HOUR, Duration.ZERO))
                .contains("crashed poison broker-3 in recovery");
    }

    @Test
    void findsNoCrashInWhatItEndsItself() {
        assertThat(events(Set.of(Fault.ROLLING_UPGRADE), Duration.ZERO, AN_HOUR))
                .containsExactly(
                        "begin rolling-upgrade app-1 app-2 one after the other",
                        "end rolling-upgrade app-1 app-2 null",
                        "recovered rolling-upgrade app-1 app-2 null");
    }

    @Test
    void saysThatAFaultFailedWhichDidNothing() {
        try (FaultyWire wire = IdleWire.make()) {
            ground.wiredBy(() -> {
                onWire.run();
                return wire;
            });
            assertThat(events(Set.of(Fault.COMMIT_THEN_DROP), AN_HOUR, Duration.ZERO))
                    .contains("failed commit-then-drop wire no commit came by");
        }
    }

    @Test
    void goesOnUntilEveryKindThatTheMachineAllowsHasBeen() {
        assertThat(events(Set.of(Fault.ROLLING_UPGRADE, Fault.CLOCK_STEP), Duration.ZERO, AN_HOUR))
                .filteredOn(line -> line.startsWith("begin"))
                .hasSize(1);
    }

    /** What is written in a run that ends after a round, or of itself. */
    private List<String> events(Set<Fault> faults, Duration length, Duration more) {
        Path file = directory.resolve("nemesis.jsonl");
        var options = NemesisOptions.seeded(1).withFaults(faults).withAtOnce(1).withCalm(Duration.ZERO);
        try (var diary = new Diary(file, CLOCK);
                var nemesis = new Nemesis(
                        ground, new Disturbed(), new Probed(), options, diary, new Supervisor(ground, diary), CLOCK)) {
            if (!length.isZero()) {
                Runnable then = onPoison;
                onPoison = () -> {
                    then.run();
                    nemesis.stop();
                };
                onWire = nemesis::stop;
            }
            nemesis.run(length, more);
        }
        return JsonLines.readAll(file, FaultEvent.class).stream()
                .map(event -> event.phase() + " " + event.fault() + " " + event.target() + " " + event.detail())
                .filter(line -> !line.startsWith(FaultEvent.SKIPPED))
                .toList();
    }

    private final class Disturbed implements Disturbance {
        @Override
        public Flood flood() {
            return () -> {};
        }

        @Override
        public void poison(long seed) {
            onPoison.run();
        }
    }

    private final class Probed implements Probe {
        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public CompletableFuture<Instant> submit(int partition) {
            onProbe.run();
            return CompletableFuture.completedFuture(CLOCK.instant());
        }
    }
}
