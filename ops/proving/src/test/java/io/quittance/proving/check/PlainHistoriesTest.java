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
    void aRunInWhichNobodyAskedIsGreen() {
        Histories history = Histories.quiet().row(Histories.SUBJECT, Histories.DATASET);
        assertThat(Checker.judge(history.evidence).green()).isTrue();
    }
}
