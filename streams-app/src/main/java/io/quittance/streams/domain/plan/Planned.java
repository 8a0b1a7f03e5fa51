package io.quittance.streams.domain.plan;

import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.model.Plan;

/** A plan, or why there is none. */
public sealed interface Planned {
    /** What would be done. */
    record Made(Plan plan) implements Planned {}

    /** Nothing can be done as asked. */
    record Impossible(Refusal why) implements Planned {}
}
