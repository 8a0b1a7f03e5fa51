package io.quittance.security.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final Parts parts = new Parts();
    private final List<String> closed = new ArrayList<>();

    @Test
    void partsCloseLastFirstWhateverOneOfThemSaysAndWhatItSaidIsKnownAfterwards() {
        parts.add(() -> closed.add("first"));
        parts.add(() -> {
            throw new IllegalStateException("does not close");
        });
        parts.add(() -> closed.add("last"));

        assertThatThrownBy(parts::close)
                .isInstanceOf(HarnessException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(said -> assertThat(said).hasMessage("does not close")));
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void aPartThatIsStillStartingIsWaitedForAndClosed() {
        var gone = new CountDownLatch(1);
        parts.add(() -> {
            closed.add("what it needs");
            gone.countDown();
        });
        parts.begin(() -> {
            assertThat(isGoneWithin(gone, 200)).isFalse();
            return () -> closed.add("late");
        });

        parts.close();

        assertThat(closed).containsExactly("late", "what it needs");
    }

    @Test
    void aPartThatDidNotStartHasNothingToClose() {
        parts.add(() -> closed.add("another"));
        var starting = parts.begin(() -> {
            throw new IllegalStateException("does not start");
        });

        parts.close();

        assertThat(starting).isCompletedExceptionally();
        assertThat(closed).containsExactly("another");
    }

    private static boolean isGoneWithin(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
