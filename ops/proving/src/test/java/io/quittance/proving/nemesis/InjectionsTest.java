package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.ground.FaultyWire;
import io.quittance.proving.ground.FullState;
import io.quittance.proving.ground.IdleWire;
import io.quittance.proving.ground.Part.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectionsTest {
    private static final int MANY = 200;
    private static final String NO_SPACE = "While appending to file: 000012.sst: No space left on device\n";

    @TempDir
    private Path directory;

    private final PaperGround ground = new PaperGround();
    private final PaperDisturbance disturbance = new PaperDisturbance();

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(described(9)).isEqualTo(described(9)).isNotEqualTo(described(10));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSE_APP", "PAUSE_BROKER", "PAUSE_WORKER"})
    void pauseForLongerThanAnybodyWaits(Fault fault) {
        assertThat(many(fault))
                .allSatisfy(injection -> assertThat(injection.length()).isGreaterThan(ground.standstill()));
    }

    @ParameterizedTest
    @EnumSource
    void areOverWithinHalfAMinute(Fault fault) {
        assertThat(many(fault))
                .allSatisfy(injection -> assertThat(injection.length()).isLessThanOrEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void neverTakeTwoBrokersAtOnce() {
        var kills = many(Fault.KILL_BROKER);
        var pauses = many(Fault.PAUSE_BROKER);
        assertThat(kills).allSatisfy(kill -> assertThat(pauses).allMatch(kill::touches));
    }

    @Test
    void cutOffWhoTalksToEachOtherAndNeverOneFromItself() {
        assertThat(many(Fault.PARTITION)).allSatisfy(injection -> {
            Set<String> named = Set.of(injection.target().split(" "));
            assertThat(named).hasSize(2);
        });
    }

    @Test
    void healWhatTheyCut() {
        Injection injection = injections(4).next(Fault.PARTITION);
        injection.begin().take();
        assertThat(ground.cuts()).hasSize(1);
        injection.end().take();
        assertThat(ground.cuts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"KILL_APP", "KILL_BROKER", "KILL_REGISTRY", "PAUSE_WORKER", "REGISTRY_DOWN", "ROLLING_UPGRADE"})
    void leaveEverybodyRunning(Fault fault) {
        Injection injection = injections(4).next(fault);
        injection.begin().take();
        injection.end().take();
        assertThat(ground.parts()).allMatch(part -> ((PaperGround.PaperPart) part).isWorking());
    }

    @Test
    void bringDownWhomTheyKill() {
        Injection injection = injections(4).next(Fault.KILL_APP);
        injection.begin().take();
        assertThat(ground.part(injection.target()).alive()).isFalse();
        assertThat(ground.parts(Kind.APP)).anyMatch(part -> part.alive());
    }

    @Test
    void endTheFloodThatTheyBegan() {
        Injection injection = injections(4).next(Fault.FLOOD);
        injection.begin().take();
        assertThat(disturbance.floods).isEqualTo(1);
        injection.end().take();
        assertThat(disturbance.floods).isZero();
    }

    @Test
    void didNothingWhereNoAnswerCameBy() {
        try (FaultyWire wire = IdleWire.make()) {
            ground.wiredBy(() -> wire);
            assertThat(shortfall(Fault.SLOW_TARGET)).contains("no answer came by");
        }
    }

    @Test
    void didNothingWhereNobodySentAnything() {
        assertThat(shortfall(Fault.PARTITION)).contains("neither sent the other anything");
        ground.sending(1);
        assertThat(shortfall(Fault.PARTITION)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void didNothingWhereNobodyMissedTheRoom() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NO_SPACE);
        Injection injection = fullDisk(log);
        assertThat(injection.shortfall().get()).contains("nothing was to be written meanwhile");
        Files.writeString(log, NO_SPACE, StandardOpenOption.APPEND);
        assertThat(injection.shortfall().get()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void didSomethingToWhoeverStopped() throws IOException {
        Injection injection = fullDisk(directory.resolve("app.log"));
        assertThat(injection.shortfall().get()).isPresent();
        ground.part(injection.target()).kill();
        assertThat(injection.shortfall().get()).isEmpty();
    }

    @Test
    void areSkippedWithTheReasonWhereTheMachineDoesNotAllowThem() {
        assertThat(Injections.refusal(Fault.PARTITION, ground)).isEmpty();
        assertThat(Injections.refusal(Fault.CLOCK_STEP, ground)).contains("no clocks on paper");
    }

    private Injection fullDisk(Path log) throws IOException {
        ground.keptIn(FullState.in(directory));
        Injection injection = injections(4).next(Fault.DISK_FULL);
        ((PaperGround.PaperPart) ground.part(injection.target())).printsInto(log);
        injection.begin().take();
        injection.end().take();
        return injection;
    }

    /** Of a fault that has been. */
    private Optional<String> shortfall(Fault fault) {
        Injection injection = injections(4).next(fault);
        injection.begin().take();
        injection.end().take();
        return injection.shortfall().get();
    }

    private List<String> described(long seed) {
        Injections injections = injections(seed);
        var described = new ArrayList<String>();
        for (Fault fault : List.of(Fault.KILL_BROKER, Fault.PARTITION, Fault.PAUSE_APP, Fault.REGISTRY_DOWN)) {
            for (int i = 0; i < 20; i++) {
                Injection injection = injections.next(fault);
                described.add(injection.target() + injection.detail() + injection.length());
            }
        }
        return described;
    }

    /** All kinds need parts that are on the real ground only when they are brought about, not when they are made. */
    private List<Injection> many(Fault fault) {
        Injections injections = injections(3);
        return IntStream.range(0, MANY).mapToObj(i -> injections.next(fault)).toList();
    }

    private Injections injections(long seed) {
        return new Injections(ground, disturbance, new Random(seed));
    }

    private static final class PaperDisturbance implements io.quittance.proving.load.Disturbance {
        private int floods;

        @Override
        public Flood flood() {
            floods++;
            return () -> floods--;
        }

        @Override
        public void poison(long seed) {}
    }
}
