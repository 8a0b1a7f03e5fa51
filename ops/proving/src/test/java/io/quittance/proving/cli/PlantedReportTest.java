package io.quittance.proving.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Verdict;
import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.cli.Planted.Caught;
import io.quittance.proving.cli.Planted.Outcome;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.sabotage.PlantedBug;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedReportTest {
    private static final Caught TIMER = caught(PlantedBug.DROPPED_TIMER, Map.of("A1", 3L, "A7", 1L));
    private static final Caught MISSED = caught(PlantedBug.DOUBLE_TASK, Map.of("A1", 3L));

    @Test
    void saysOfEachBugWhatCaughtItAndAfterHowLong() {
        assertThat(markdown(TIMER))
                .startsWith("# Planted bugs: 1 of 1 caught\n\nSeed 7, revision abc, a machine.\n\n")
                .contains("| dropped-timer: every third timer is forgotten | A7 | A1 (3), A7 (1) | 12 s | is open |");
    }

    @Test
    void aBugThatWasNotCaughtIsSaidToBeSo() {
        assertThat(markdown(TIMER, MISSED))
                .startsWith("# Planted bugs: 1 of 2 caught")
                .contains("| double-task: every tenth task goes out twice | A2 | NOT CAUGHT |  |");
    }

    @Test
    void saysOfEachControlThatPromisesWereKeptAndWhatItDoesNotProve() {
        assertThat(markdown(TIMER))
                .contains("Nothing planted, no faults: every promise was kept (60 requests, 0 faults).\n")
                .contains("Nothing planted, kill-app, poison: every promise was kept (60 requests, 2 faults),"
                        + " though no poison took effect.\n");
    }

    @Test
    void namesWhatWasNotPlanted() {
        assertThat(markdown(TIMER))
                .contains("Not planted: ")
                .contains("double-task")
                .doesNotContain("dropped-timer,");
        Caught[] all = Arrays.stream(PlantedBug.values())
                .map(bug -> caught(bug, Map.of()))
                .toArray(Caught[]::new);
        assertThat(markdown(all)).doesNotContain("Not planted");
    }

    @Test
    void isWrittenBesideTheRunsAndNotKeptForTheNextOnes(@TempDir Path directory) {
        PlantedReport.write(outcome(TIMER), directory);
        assertThat(directory.resolve("planted.md")).hasContent(markdown(TIMER));
        PlantedReport.forget(directory);
        assertThat(directory).isEmptyDirectory();
        PlantedReport.forget(directory);
    }

    private static String markdown(Caught... caught) {
        return PlantedReport.markdown(outcome(caught));
    }

    private static Outcome outcome(Caught... caught) {
        return new Outcome(
                List.of(
                        control("", List.of()),
                        control(
                                "kill-app,poison",
                                List.of(new FaultRow("kill-app", 2, 0, 0, 0, 0, 0, 0, 0, 1L, 1L, null)))),
                List.of(caught));
    }

    private static Verdict control(String faults, List<FaultRow> rows) {
        return new Verdict(
                new RunInfo(7, 0, 1L, true, Map.of(RunInfo.FAULTS, faults), "abc", "a machine", null),
                Map.of(),
                Map.of("FULFILLED/FULFILLED", 60L),
                rows,
                List.of(),
                List.of());
    }

    private static Caught caught(PlantedBug bug, Map<String, Long> by) {
        return new Caught(bug, new TreeMap<>(by), Duration.ofSeconds(12), "is open");
    }
}
