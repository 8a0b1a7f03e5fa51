package io.quittance.proving.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BugsTest {
    @Test
    void everyTwentiethRequestIsForgotten() {
        assertThat(forgotten(100, new Read(new Submit()))).isEqualTo(5);
    }

    @Test
    void nothingElseIsForgottenForARequest() {
        assertThat(forgotten(100, new Read(new Withdraw()))).isZero();
    }

    private static long forgotten(int times, Read reading) {
        return IntStream.range(0, times).filter(time -> isForgotten(reading)).count();
    }

    private static boolean isForgotten(Read reading) {
        try {
            return Bugs.isForgotten(reading);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** As the product has them, by name. */
    public record Read(Object command) {}

    public record Submit() {}

    public record Withdraw() {}
}
