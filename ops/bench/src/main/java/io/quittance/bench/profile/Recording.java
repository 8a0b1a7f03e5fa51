package io.quittance.bench.profile;

import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A flight recording of another JVM, begun and ended from here, so that it holds what is measured and nothing else. */
public final class Recording {
    private static final String NAME = "bench";

    private final long pid;
    private final Path file;

    private Recording(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    /** @param file is written at the end */
    public static Recording start(long pid, Path file) {
        jcmd(pid, "JFR.start", "name=" + NAME, "settings=profile");
        return new Recording(pid, file.toAbsolutePath());
    }

    /** Ends it and returns where it is. */
    public Path stop() {
        jcmd(pid, "JFR.stop", "name=" + NAME, "filename=" + file);
        return file;
    }

    private static void jcmd(long pid, String... arguments) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(arguments));
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new HarnessException("jcmd %s failed with exit code %d".formatted(arguments[0], exit));
            }
        } catch (IOException e) {
            throw new HarnessException("a profile needs jcmd, which comes with a JDK", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while a recording was started or ended", e);
        }
    }
}
