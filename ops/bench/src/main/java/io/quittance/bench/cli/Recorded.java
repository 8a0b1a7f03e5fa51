package io.quittance.bench.cli;

import io.quittance.bench.report.Report;
import io.quittance.bench.report.Results;
import io.quittance.bench.report.RunInfo;
import java.nio.file.Path;

/** Writes the report however a run ends: what was measured in most of an hour is not lost with the last workload. */
final class Recorded {
    private Recorded() {}

    /** Something that measures. */
    @FunctionalInterface
    interface Measuring {
        void go() throws InterruptedException;
    }

    /**
     * @param results that the run adds to
     * @return the report, when all was measured
     */
    static Report write(Measuring run, Results results, RunInfo info, Path directory) throws InterruptedException {
        try {
            run.go();
        } catch (Throwable early) {
            writeIncomplete(results, info, directory, early);
            throw early;
        }
        var report = new Report(info, results);
        report.write(directory);
        return report;
    }

    /** Nothing in place of an earlier report, where there is nothing to tell. */
    private static void writeIncomplete(Results results, RunInfo info, Path directory, Throwable early) {
        if (results.all().isEmpty()) {
            return;
        }
        // Files are not written while the thread is interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            new Report(info.incomplete(), results).write(directory);
        } catch (RuntimeException unwritten) {
            early.addSuppressed(unwritten);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
