package io.quittance.streams.codec;

import io.quittance.schema.DecisionEvent;
import io.quittance.streams.domain.Command;

/** A decision as the pipeline will read it, for those who write one. */
public final class Decisions {
    private Decisions() {}

    /** @throws IllegalArgumentException if a field cannot be what it has to be */
    public static Command.Decide read(DecisionEvent event) {
        try {
            return CommandMapping.decision(event);
        } catch (InvalidRecordException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }
}
