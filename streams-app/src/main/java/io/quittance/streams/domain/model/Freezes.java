package io.quittance.streams.domain.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every freeze that is published, whether it has ended by itself or not.
 *
 * @param revision another one whenever a freeze was published or lifted: what came and went between two looks may have
 *     stopped something in between
 */
public record Freezes(List<Freeze> all, long revision) {
    public static final Freezes EMPTY = new Freezes(List.of());

    public Freezes {
        all = all.stream().sorted(Comparator.comparing(Freeze::name)).toList();
    }

    /** Freezes that were published before anybody looked. */
    public Freezes(List<Freeze> all) {
        this(all, 0);
    }

    /**
     * What stops work.
     *
     * @param names of the freezes, for people
     * @param until when the last of them ends; null where one has to be lifted
     */
    public record Stop(String names, @Nullable Instant until) {}

    /** Those that have not ended by themselves. */
    public List<Freeze> inForce(Instant now) {
        return all.stream().filter(freeze -> freeze.isInForce(now)).toList();
    }

    /** What stops work in any of the systems, under that law and policy; empty if nothing does. */
    public Optional<Stop> on(Collection<String> systems, String regime, String policy, Instant now) {
        List<Freeze> stopping = all.stream()
                .filter(freeze -> freeze.stops(systems, regime, policy, now))
                .toList();
        if (stopping.isEmpty()) {
            return Optional.empty();
        }
        String names = stopping.stream().map(Freeze::name).collect(Collectors.joining(", "));
        return Optional.of(new Stop(names, lastEnd(stopping)));
    }

    private static @Nullable Instant lastEnd(List<Freeze> stopping) {
        Instant last = Instant.MIN;
        for (Freeze freeze : stopping) {
            if (freeze.until() == null) {
                return null;
            }
            last = freeze.until().isAfter(last) ? freeze.until() : last;
        }
        return last;
    }
}
