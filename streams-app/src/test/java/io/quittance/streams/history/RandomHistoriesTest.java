package io.quittance.streams.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.policy.RuleOutcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must always hold, in a hundred thousand histories. Each is a function of its seed:
 * {@code -Dquittance.history.seed=N} plays that one and no other, {@code -Dquittance.histories=N} plays so many. A
 * failure prints its seed and the fewest steps that still show it.
 */
class RandomHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("quittance.histories", 100_000);
    private static final int THOROUGH = 64;
    private static final int BLOCK = 1_000;
    private static final Core CORE = Core.real(Play.SETTINGS);

    @Test
    void whatMustAlwaysHoldHoldsInEveryHistory() throws InterruptedException, ExecutionException {
        Long only = Long.getLong("quittance.history.seed");
        if (only != null) {
            play(only, true);
            return;
        }
        var failed = new AtomicBoolean();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Void>> blocks = new ArrayList<>();
            for (long from = 0; from < HISTORIES; from += BLOCK) {
                blocks.add(both.submit(block(from, Math.min(from + BLOCK, HISTORIES), failed)));
            }
            for (Future<Void> block : blocks) {
                block.get();
            }
        } finally {
            both.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 77, 777, 7_777})
    void theSameHistoryHasTheSameOutcome(long block) {
        LongStream.range(block, block + 25).forEach(seed -> {
            Play once = History.of(seed).play(CORE, false);
            Play again = History.of(seed).play(CORE, false);
            assertThat(again.effects()).as("seed %d", seed).isEqualTo(once.effects());
            assertThat(dockets(again)).as("seed %d", seed).isEqualTo(dockets(once));
        });
    }

    /** Histories that never get anywhere would prove nothing. */
    @Test
    void historiesReachEveryEndInEveryWay() {
        Set<RequestState> ends = EnumSet.noneOf(RequestState.class);
        Set<Step.Kind> kinds = EnumSet.noneOf(Step.Kind.class);
        int asked = 0;
        int worked = 0;
        int limited = 0;
        for (long seed = 0; seed < 500; seed++) {
            History history = History.of(seed);
            Play play = history.play(CORE, false);
            history.steps().forEach(step -> kinds.add(step.kind()));
            for (Dossier one : play.model.dossiers().values()) {
                ends.add(one.audited);
                boolean ask = one.rule.outcome() == RuleOutcome.ASK;
                asked += ask && !one.grants.isEmpty() && !one.bySilence ? 1 : 0;
                worked += one.audited == RequestState.FULFILLED ? 1 : 0;
            }
            limited += play.sent.stream().anyMatch(sent -> sent.command() instanceof Command.Permit) ? 1 : 0;
        }
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        RequestState.FULFILLED,
                        RequestState.PARTIALLY_FULFILLED,
                        RequestState.FAILED,
                        RequestState.DENIED,
                        RequestState.EXPIRED,
                        RequestState.CANCELLED);
        assertThat(kinds).containsExactly(Step.Kind.values());
        assertThat(asked).isGreaterThan(75);
        assertThat(worked).isGreaterThan(100);
        assertThat(limited).isGreaterThan(50);
    }

    private static Callable<Void> block(long from, long until, AtomicBoolean failed) {
        return () -> {
            for (long seed = from; seed < until && !failed.get(); seed++) {
                try {
                    play(seed, seed % THOROUGH == 0);
                } catch (RuntimeException | AssertionError wrong) {
                    failed.set(true);
                    throw wrong;
                }
            }
            return null;
        };
    }

    private static void play(long seed, boolean thorough) {
        History history = History.of(seed);
        try {
            history.play(CORE, thorough);
        } catch (RuntimeException | AssertionError wrong) {
            throw new AssertionError(Shrinking.report(history, CORE, wrong), wrong);
        }
    }

    private static List<Object> dockets(Play play) {
        return play.desks.stream().<Object>map(desk -> desk.docket).toList();
    }
}
