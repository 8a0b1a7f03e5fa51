package io.quittance.proving.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of one process, by libfaketime: it reads a file, once a second, that says by how much to be wrong. Its
 * monotonic clock stays as it is, as when somebody sets a machine's clock.
 */
public final class OwnClock {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    private final Path file;

    private OwnClock(Path file) {
        this.file = file;
        step(Duration.ZERO);
    }

    static Optional<Path> library() {
        return PLACES.stream().filter(Files::exists).findFirst();
    }

    static OwnClock in(Path directory) {
        return new OwnClock(directory.resolve("clock"));
    }

    /** What the process has to be started with. */
    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("LD_PRELOAD", library().orElseThrow().toString()),
                Map.entry("FAKETIME_TIMESTAMP_FILE", file.toString()),
                Map.entry("FAKETIME_CACHE_DURATION", "1"),
                Map.entry("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                // Its mending of timed waits, meant for other C libraries than glibc, makes a JVM spin.
                Map.entry("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
                Map.entry("NO_FAKE_STAT", "1"),
                Map.entry("FAKETIME_DISABLE_SHM", "1"));
    }

    /** Sets it to be this much ahead of the machine's, or behind; takes up to a second to show. */
    public void step(Duration ahead) {
        Path draft = file.resolveSibling("clock.draft");
        try {
            Files.writeString(draft, String.format(Locale.ROOT, "%+.3f\n", ahead.toMillis() / 1000.0));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
