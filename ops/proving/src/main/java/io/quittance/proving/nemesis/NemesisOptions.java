package io.quittance.proving.nemesis;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the nemesis goes about it.
 *
 * @param seed decides which fault befalls whom, for how long, and in what order
 * @param faults the kinds to choose from
 * @param atOnce most faults at a time
 * @param calm between the recovery from one round of faults and the next round
 * @param patience how long a recovery may take before it counts as none
 */
public record NemesisOptions(long seed, Set<Fault> faults, int atOnce, Duration calm, Duration patience) {
    public NemesisOptions {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("no fault is chosen: name at least one");
        }
        faults = Set.copyOf(faults);
    }

    /** All kinds, up to two at a time. */
    public static NemesisOptions seeded(long seed) {
        return new NemesisOptions(seed, EnumSet.allOf(Fault.class), 2, Duration.ofSeconds(3), Duration.ofSeconds(120));
    }

    public NemesisOptions withFaults(Set<Fault> changed) {
        return new NemesisOptions(seed, changed, atOnce, calm, patience);
    }

    public NemesisOptions withAtOnce(int changed) {
        return new NemesisOptions(seed, faults, changed, calm, patience);
    }

    public NemesisOptions withCalm(Duration changed) {
        return new NemesisOptions(seed, faults, atOnce, changed, patience);
    }
}
