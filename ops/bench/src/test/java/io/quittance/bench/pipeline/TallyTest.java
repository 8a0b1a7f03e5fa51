package io.quittance.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void whatComesTwiceIsCounted() {
        assertThat(tally.task(7, 0)).isTrue();
        assertThat(tally.task(7, 1)).isTrue();
        assertThat(tally.task(7, 1)).isFalse();
        assertThat(tally.close(7)).isTrue();
        assertThat(tally.close(7)).isFalse();

        assertThat(tally.doubled()).isEqualTo(2);
        assertThat(tally.closed()).isEqualTo(1);
    }

    @Test
    void numbersMayBeLarge() {
        assertThat(tally.close(10_000_000)).isTrue();
        assertThat(tally.close(10_000_000)).isFalse();
    }
}
