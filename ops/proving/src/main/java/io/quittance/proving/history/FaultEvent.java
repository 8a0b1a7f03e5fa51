package io.quittance.proving.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A line of the nemesis's diary.
 *
 * @param at milliseconds since 1970
 * @param fault kind of fault
 * @param target what it befell
 * @param phase begin, failed (it did not go as planned), end, recovered or skipped; of a process that ended by itself,
 *     stopped where the fault may bring that about, else crashed
 * @param detail for people
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FaultEvent(
        long at,
        String fault,
        @Nullable String target,
        String phase,
        @Nullable String detail) {
    public static final String BEGIN = "begin";
    public static final String FAILED = "failed";
    public static final String END = "end";
    public static final String RECOVERED = "recovered";
    public static final String SKIPPED = "skipped";
    public static final String STOPPED = "stopped";
    public static final String CRASHED = "crashed";

    /** Instead of a fault. */
    public static final String NONE = "(none under way)";
}
