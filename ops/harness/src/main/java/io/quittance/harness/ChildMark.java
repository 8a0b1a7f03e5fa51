package io.quittance.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a child process across runs: a pid alone would not, it is given out again.
 *
 * @param pid process id
 * @param started when it started, or the epoch where the operating system does not tell
 * @param command path of its executable, or empty where the operating system does not tell
 */
record ChildMark(long pid, Instant started, String command) {
    /** The start time is counted from the boot time, which moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final int FIELDS = 3;

    static ChildMark of(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return new ChildMark(
                process.pid(),
                info.startInstant().orElse(Instant.EPOCH),
                info.command().orElse(""));
    }

    static ChildMark parse(String line) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length != FIELDS) {
            return new ChildMark(0, Instant.EPOCH, "");
        }
        return new ChildMark(Long.parseLong(fields[0]), Instant.parse(fields[1]), fields[2]);
    }

    String line() {
        return "%d\t%s\t%s".formatted(pid, started, command);
    }

    /** The process, if it still runs and is the same one. */
    @Nullable
    ProcessHandle find() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.filter(found -> isSame(of(found))).orElse(null);
    }

    private boolean isSame(ChildMark other) {
        return !started.equals(Instant.EPOCH)
                && Duration.between(started, other.started).abs().compareTo(TOLERANCE) <= 0
                && command.equals(other.command);
    }
}
