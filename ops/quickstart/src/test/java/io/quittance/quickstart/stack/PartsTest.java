package io.quittance.quickstart.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void partsCloseLastFirstWhateverOneOfThemSays() {
        Parts.of(() -> closed.add("first"), PartsTest::fail, () -> closed.add("last"))
                .close();

        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void anInterruptionKeepsNoPartFromClosing() {
        Thread.currentThread().interrupt();

        Parts.of(() -> closed.add(Thread.currentThread().isInterrupted() ? "interrupted" : "undisturbed"))
                .close();

        assertThat(Thread.interrupted()).as("still interrupted afterwards").isTrue();
        assertThat(closed).containsExactly("undisturbed");
    }

    private static void fail() {
        throw new IllegalStateException("does not close");
    }
}
