package io.quittance.proving.nemesis;

import io.quittance.proving.ground.Part;
import io.quittance.proving.nemesis.Fault.Victims;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A fault that is about to befall somebody.
 *
 * @param targets names of the parts that it touches; no two faults touch the same one at the same time
 * @param detail for people: how much of it
 * @param length between begin and end
 * @param begin brings it about
 * @param end heals it; whoever was ended runs again when it returns
 * @param shortfall asked after the end: why it did nothing to anybody; empty if it did
 */
record Injection(
        Fault fault,
        Set<String> targets,
        String detail,
        Duration length,
        Step begin,
        Step end,
        Supplier<Optional<String>> shortfall) {
    /** A target of all faults that take brokers away: if two of them met, nobody could write at all. */
    static final String BROKERS = "brokers";

    Injection {
        targets = Set.copyOf(targets);
    }

    /** One that does something, or fails when it begins. */
    Injection(Fault fault, Set<String> targets, String detail, Duration length, Step begin, Step end) {
        this(fault, targets, detail, length, begin, end, Optional::empty);
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

    /** Whether the part does not run while this is under way. */
    boolean ends(Part part) {
        return fault.victims() == Victims.ARE_ENDED && targets.contains(part.name());
    }

    /** Whether the part may end by itself because of this. */
    boolean mayStop(Part part) {
        return fault.victims() == Victims.MAY_STOP && targets.contains(part.name());
    }

    boolean touches(Injection other) {
        return targets.stream().anyMatch(other.targets::contains);
    }
}
