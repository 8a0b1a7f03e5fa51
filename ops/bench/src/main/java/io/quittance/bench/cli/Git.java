package io.quittance.bench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which sources these are. */
final class Git {
    private Git() {}

    /** Short hash, with "-dirty" where files had been changed; "unknown" outside of a repository. */
    static String revision() throws IOException {
        var process = new ProcessBuilder(List.of("git", "describe", "--always", "--dirty", "--exclude=*"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String revision = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return revision.isEmpty() ? "unknown" : revision;
    }
}
