package io.quittance.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.pipeline.OpenLoop;
import io.quittance.bench.pipeline.ScriptedParties;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManyExpiriesTest {
    private static final int PER_SECOND = 100;
    private static final long DUE = Duration.ofHours(1).toNanos();
    private static final long LATENCY = Duration.ofMillis(200).toNanos();
    private static final long STALL = Duration.ofSeconds(5).toNanos();

    /** Approvals from eight seconds before the expiries until then; from then on no task comes for a while. */
    @Test
    void aStallFromTheExpiriesOnLeavesTheTimeBeforeAsItWas() {
        var loop = new OpenLoop(
                new ScriptedParties().parties(), Traffic.IGNORED, 0, PER_SECOND, Duration.ZERO, Duration.ofSeconds(8));
        for (int number = 0; number < 8 * PER_SECOND; number++) {
            long approved = DUE - Duration.ofSeconds(8).toNanos() + number * (1_000_000_000L / PER_SECOND);
            long tasked = approved + LATENCY;
            loop.prompted(
                    number, new Inbound.Prompt(new byte[0], new byte[0], 0), approved - Contender.THINKING.toNanos());
            task(loop, number, tasked < DUE ? tasked : DUE + STALL);
        }

        var before = ManyExpiries.before(loop, DUE);

        assertThat(before.getTotalCount()).as("three seconds").isEqualTo(3 * PER_SECOND);
        assertThat(before.getMaxValue() / 1_000).as("in milliseconds").isBetween(199L, 201L);
    }

    private static void task(OpenLoop loop, int number, long at) {
        loop.tasked(number, 0, new Inbound.Task(new byte[0], new byte[0], 1), at);
    }
}
