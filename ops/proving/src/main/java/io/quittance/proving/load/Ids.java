package io.quittance.proving.load;

import java.util.Random;
import java.util.UUID;

/** Names that nobody else has. Thread-safe: who gets which depends on who asks first. */
final class Ids {
    private final Random dice;

    Ids(long seed) {
        this.dice = new Random(seed);
    }

    synchronized String next() {
        return new UUID(dice.nextLong(), dice.nextLong()).toString();
    }
}
