package io.quittance.proving.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was run, and where.
 *
 * @param seed decides load and faults
 * @param startedAt when requests began to be made, in milliseconds since 1970
 * @param endedAt when everything had been written; null while the run goes
 * @param quiescent whether everything had come to rest before it was written
 * @param options of the command, by name
 * @param revision of the sources
 * @param machine what it ran on
 * @param planted name of the planted bug; null where the product ran as it is
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunInfo(
        long seed,
        long startedAt,
        @Nullable Long endedAt,
        boolean quiescent,
        Map<String, String> options,
        String revision,
        String machine,
        @Nullable String planted) {
    /** Among the options: the kinds of fault that were chosen, separated by commas; none for a run without. */
    public static final String FAULTS = "faults";

    /** The same run, when all is ready. */
    public RunInfo begun(long at) {
        return new RunInfo(seed, at, endedAt, quiescent, options, revision, machine, planted);
    }

    /** The same run, over. */
    public RunInfo ended(long at, boolean cameToRest) {
        return new RunInfo(seed, startedAt, at, cameToRest, options, revision, machine, planted);
    }
}
