package io.quittance.proving.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a run. */
final class RunDirectory {
    private RunDirectory() {}

    /**
     * Makes the folder, and takes what an earlier run left there away.
     *
     * @throws IllegalArgumentException if it holds something that is no run's
     */
    static Path anew(Path directory) {
        try {
            if (Files.isDirectory(directory)) {
                ensureIsOfRun(directory);
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be made anew", e);
        }
    }

    private static void ensureIsOfRun(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            !List.of("history", "ground", "sabotage.jar").contains(name))
                    .toList();
            if (!others.isEmpty()) {
                throw new IllegalArgumentException(directory + " holds what is no run's, such as " + others.get(0)
                        + ": name another --directory.");
            }
        }
    }
}
