package io.quittance.proving.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.proving.check.Checker;
import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.Violation;
import io.quittance.proving.cli.Plan.Places;
import io.quittance.proving.cli.Planted.Caught;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.sabotage.Agent;
import io.quittance.proving.sabotage.PlantedBug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantedTest {
    private static final Path WHERE = Path.of("where");
    private static final Places PLACES = new Places(WHERE, WHERE);

    @TempDir
    private Path logs;

    @Test
    void aBugIsCaughtByItsOwnPromiseAlone() {
        assertThat(caught(PlantedBug.DROPPED_TIMER, Map.of("A1", 3L)).isCaught())
                .isFalse();
        assertThat(caught(PlantedBug.DROPPED_TIMER, Map.of("A1", 3L, "A7", 1L)).isCaught())
                .isTrue();
        assertThat(caught(PlantedBug.DROPPED_TIMER, Map.of()).isCaught()).isFalse();
    }

    @Test
    void everyPromiseHasABugThatBreaksIt() {
        assertThat(Arrays.stream(PlantedBug.values()).map(PlantedBug::promise))
                .containsAll(Checker.promises())
                .isSubsetOf(Checker.promises());
    }

    @Test
    void aBugThatShowsWithoutFaultsHasAControlOfItsShape() {
        Plan bug = plan("lost-revocation", null);
        assertThat(bug.planted()).isEqualTo(PlantedBug.LOST_REVOCATION);
        assertThat(plan("nothing-breaks", null))
                .isEqualTo(new Plan(
                        WHERE, PLACES, 1, bug.load(), bug.perSecond(), bug.faults(), bug.brisk(), bug.rest(), null));
    }

    @ParameterizedTest
    @EnumSource
    void aBugThatNeedsFaultsHasAControlWithAllOfThem(PlantedBug bug) {
        Plan control = plan("nothing", null);
        assertThat(control.planted()).isNull();
        assertThat(control.faults())
                .containsAll(bug.faults().stream().map(Fault::of).toList());
    }

    @Test
    void theRateIsAsSaidWhereItIsSaid() {
        assertThat(plan("lost-revocation", 3.0).perSecond()).isEqualTo(3);
        assertThat(plan("nothing", 3.0).perSecond()).isEqualTo(3);
        assertThat(plan("eos-off", null).perSecond()).isEqualTo(10);
    }

    @Test
    void anUnknownBugIsRefused() {
        assertThatThrownBy(() -> plan("gremlins", null)).hasMessageContaining("gremlins");
    }

    @Test
    void aControlThatDidNotComeToRestIsNone() {
        assertThat(Planted.isKept(control(true, List.of()))).isTrue();
        assertThat(Planted.isKept(control(false, List.of()))).isFalse();
        assertThat(Planted.isKept(control(
                        true,
                        List.of(new Violation(
                                "A1", Violation.Kind.LOST, null, null, "is not closed", 0, 1, List.of())))))
                .isFalse();
    }

    @Test
    void aBugOfTwoClassesIsPlantedWhenBothSayIt() throws IOException {
        List<String> marks = Agent.marks(PlantedBug.SURVIVING_ROWS);
        assertThat(marks).hasSize(2);
        Files.writeString(logs.resolve("worker-1.log"), "something\n" + marks.get(0) + "\n");
        assertThatThrownBy(() -> Planted.ensurePlanted(PlantedBug.SURVIVING_ROWS, logs))
                .hasMessageContaining(marks.get(1))
                .hasMessageNotContaining(marks.get(0));
        Files.writeString(logs.resolve("worker-2.log"), marks.get(1) + "\n");
        assertThatCode(() -> Planted.ensurePlanted(PlantedBug.SURVIVING_ROWS, logs))
                .doesNotThrowAnyException();
    }

    private static Caught caught(PlantedBug bug, Map<String, Long> by) {
        return new Caught(bug, new TreeMap<>(by), Duration.ZERO, "");
    }

    private static Plan plan(String what, Double perSecond) {
        return Planted.plan(what, WHERE, PLACES, 1, perSecond);
    }

    private static Verdict control(boolean quiescent, List<Violation> violations) {
        return new Verdict(
                new RunInfo(1, 0, 1L, quiescent, Map.of(), "revision", "machine", null),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                violations);
    }
}
