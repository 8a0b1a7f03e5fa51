package io.quittance.streams.domain.limit;

import java.util.List;

/** What follows from something said to the ledger: to be kept, and to be told. */
public record Moves(List<Change> changes, List<Permit> permits) {
    static final Moves NONE = new Moves(List.of(), List.of());

    public Moves {
        changes = List.copyOf(changes);
        permits = List.copyOf(permits);
    }
}
