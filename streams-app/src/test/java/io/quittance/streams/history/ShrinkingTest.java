package io.quittance.streams.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private final Core broken = MutantsTest.issuesTwice();

    @Test
    void aFaultIsShownByTheFewestStepsThatStillShowIt() {
        History failing = firstFailing();

        History smallest = Shrinking.smallest(failing, fewer -> fewer.fault(broken) != null);

        assertThat(smallest.steps())
                .hasSizeLessThanOrEqualTo(2)
                .hasSizeLessThan(failing.steps().size());
        assertThat(smallest.fault(broken)).isInstanceOf(Violation.class);
        for (int i = 0; i < smallest.steps().size(); i++) {
            var fewer = new ArrayList<>(smallest.steps());
            fewer.remove(i);
            assertThat(smallest.with(fewer).fault(broken))
                    .as("without step %d", i)
                    .isNull();
        }
    }

    @Test
    void aReportNamesTheSeedTheFaultAndTheSteps() {
        History failing = firstFailing();
        Throwable fault = Objects.requireNonNull(failing.fault(broken));

        String report = Shrinking.report(failing, broken, fault);

        assertThat(report)
                .startsWith(fault.getMessage())
                .contains("-Dquittance.history.seed=" + failing.seed())
                .contains("send s")
                .endsWith("-> " + fault.getMessage());
    }

    private History firstFailing() {
        return LongStream.range(0, 1_000)
                .mapToObj(History::of)
                .filter(history -> history.fault(broken) != null)
                .findFirst()
                .orElseThrow();
    }
}
