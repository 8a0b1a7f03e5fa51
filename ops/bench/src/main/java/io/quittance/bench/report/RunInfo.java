package io.quittance.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * Under what circumstances a run was made.
 *
 * @param startedAt when
 * @param revision of the sources, as git tells; with a mark where they had been changed
 * @param machine processor, cores, memory, system, JVM
 * @param command how to do it again
 * @param application JVM options and settings of the application
 * @param complete whether all was measured that was to be
 */
public record RunInfo(
        Instant startedAt,
        String revision,
        String machine,
        String command,
        List<String> application,
        boolean complete) {

    public RunInfo incomplete() {
        return new RunInfo(startedAt, revision, machine, command, application, false);
    }
}
