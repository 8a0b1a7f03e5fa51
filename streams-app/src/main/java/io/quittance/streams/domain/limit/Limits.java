package io.quittance.streams.domain.limit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The limits in force, in the order of their names. */
public record Limits(List<Limit> all) {
    /** Nothing is limited. */
    public static final Limits EMPTY = new Limits(List.of());

    public Limits {
        all = all.stream().sorted(Comparator.comparing(Limit::name)).toList();
    }

    public static Limits of(Collection<Limit> limits) {
        return new Limits(List.copyOf(limits));
    }

    /** Those that such work counts under. */
    public List<Limit> on(Work work) {
        return all.stream().filter(limit -> limit.covers(work)).toList();
    }

    /** Whether such work may go out without asking. */
    public boolean isFree(Work work) {
        return all.stream().noneMatch(limit -> limit.covers(work));
    }
}
