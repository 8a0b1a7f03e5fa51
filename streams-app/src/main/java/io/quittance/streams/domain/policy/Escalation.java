package io.quittance.streams.domain.policy;

import java.time.Duration;
import java.util.List;

/**
 * Whom else to ask when no answer comes.
 *
 * @param after since the asking
 * @param anyOf asked then, instead of those asked first or as well
 */
public record Escalation(Duration after, Mode mode, List<Alternative> anyOf) {
    public Escalation {
        anyOf = List.copyOf(anyOf);
    }

    /** What becomes of those asked first. */
    public enum Mode {
        REPLACE,
        ADD
    }
}
