package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Docket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the decider makes of a command.
 *
 * @param docket the docket once the events have been applied
 * @param effects in the order they are to be written
 * @param refusal why the command was not carried out as asked; null if it was. A refusal is also in the audit or in the
 *     dead letters: see the effects
 * @param repeat whether the command had been taken into account before, so that nothing follows from it
 */
public record Decision(
        Docket docket,
        List<Event> events,
        List<Effect> effects,
        @Nullable Refusal refusal,
        boolean repeat) {
    public Decision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
