package io.quittance.proving.nemesis;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A fault that is about to befall somebody.
 *
 * @param targets names of the parts that it touches; no two faults touch the same one at the same time
 * @param detail for people: how much of it
 * @param length between begin and end
 * @param begin brings it about
 * @param end heals it; whoever was ended runs again when it returns
 */
record Injection(Fault fault, Set<String> targets, String detail, Duration length, Step begin, Step end) {
    /** A target of all faults that take brokers away: if two of them met, nobody could write at all. */
    static final String BROKERS = "brokers";

    Injection {
        targets = Set.copyOf(targets);
    }

    /** Something done to the ground. */
    @FunctionalInterface
    interface Step {
        void take();

        /** For faults that are over as soon as they are there. */
        static Step nothing() {
            return () -> {};
        }
    }

    /** Those of the targets that name a part, unless none does. */
    String target() {
        List<String> named =
                targets.stream().filter(name -> !name.equals(BROKERS)).sorted().toList();
        return named.isEmpty() ? BROKERS : String.join(" ", named);
    }

    boolean touches(Injection other) {
        return targets.stream().anyMatch(other.targets::contains);
    }
}
