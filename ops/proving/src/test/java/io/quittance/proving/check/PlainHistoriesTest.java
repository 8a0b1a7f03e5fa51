package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was done as it should be gives no reason to complain, to any invariant. */
class PlainHistoriesTest {
    @Test
    void aDeleteThatWasDoneAsItShouldIsGreen() {
        assertThat(Checker.judge(Histories.deleted().evidence).violations()).isEmpty();
    }

    @Test
    void anExportThatWasDoneAsItShouldIsGreen() {
        assertThat(Checker.judge(Histories.exported().evidence).violations()).isEmpty();
    }

    @Test
    void whatIsWrongWithASubjectIsBlamedOnWhatBrokeWhileItsRequestsRan() {
        Histories history = Histories.deleted().row(Histories.SUBJECT, Histories.DATASET);
        history.fault("kill-app", 1, Histories.SUBMITTED - 1).fault("kill-broker", Histories.CLOSED, Histories.CLOSED);
        history.fault("kill-s3", Histories.CLOSED + 1, Histories.RUN_END);
        assertThat(Checker.judge(history.evidence).violations())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.underWay()).containsExactly("kill-broker x"));
    }

    @Test
    void aRunInWhichNobodyAskedBreaksNothingAndProvesNothing() {
        Histories history = Histories.quiet().row(Histories.SUBJECT, Histories.DATASET);
        Verdict verdict = Checker.judge(history.evidence);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.green()).isFalse();
        assertThat(verdict.shortcomings()).contains("A1 looked at nothing", "A4 looked at nothing");
    }
}
