package io.quittance.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.bench.contender.Latencies;
import io.quittance.bench.wire.Inbound;
import io.quittance.schema.RequestState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that ends otherwise than it was meant to is as bad as one that never ends. */
class LossTest {
    private final ScriptedParties script = new ScriptedParties();

    @Test
    void whatIsFulfilledIsNotLost() {
        var loop = closedLoop(2);
        script.ends(0, RequestState.FULFILLED);
        script.ends(1, RequestState.FULFILLED);

        loop.drain();

        assertThat(loop.closed()).isEqualTo(2);
        assertThat(loop.lost()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "DENIED", "CANCELLED", "PARTIALLY_FULFILLED", "FAILED"})
    void whatEndsOtherwiseIsLost(RequestState state) {
        var loop = closedLoop(2);
        script.ends(0, RequestState.FULFILLED);
        script.ends(1, state);

        loop.drain();

        assertThat(loop.closed()).isEqualTo(1);
        assertThat(loop.lost()).isEqualTo(1);
    }

    @Test
    void aDeadLetterCountsAsLost() {
        script.deadLetter(0);
        script.parties().poll(Traffic.IGNORED);
        var loop = closedLoop(1);
        script.ends(0, RequestState.FULFILLED);
        script.deadLetter(0);

        loop.drain();

        assertThat(loop.lost()).as("the one since the loop began").isEqualTo(1);
    }

    @Test
    void theSameGoesForOpenLoops() throws InterruptedException {
        var loop = new OpenLoop(script.parties(), Traffic.IGNORED, 0, 1_000, Duration.ZERO, Duration.ofMillis(3));
        script.ends(0, RequestState.FULFILLED);
        script.ends(1, RequestState.EXPIRED);
        script.ends(2, RequestState.FULFILLED);
        script.deadLetter(2);

        loop.run();
        Latencies latencies = loop.latencies(0);

        assertThat(latencies.submitted()).isEqualTo(3);
        assertThat(latencies.lost()).isEqualTo(2);
        assertThat(latencies.completionToClosed().getTotalCount()).isZero();
    }

    @Test
    void anOpenLoopGoesOnWhileSomethingElseIsAwaited() throws InterruptedException {
        var awaited = new Awaited(7);
        var loop = new OpenLoop(script.parties(), awaited, 0, 1_000, Duration.ZERO, Duration.ofMillis(1));
        script.ends(0, RequestState.FULFILLED);
        script.parties().poll(loop);
        script.ends(7, RequestState.EXPIRED);

        loop.run();

        assertThat(awaited.isOver()).isTrue();
    }

    private ClosedLoop closedLoop(int inFlight) {
        var loop = new ClosedLoop(script.parties(), 0, List.of());
        loop.fill(inFlight);
        return loop;
    }

    /** Waits for the end of one request. */
    private static final class Awaited implements Traffic {
        private final int wanted;
        private boolean over;

        Awaited(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {}

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {}

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {
            over |= number == wanted;
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }
}
