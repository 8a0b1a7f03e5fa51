package io.quittance.quickstart;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a run keeps its state: emptied before and after, unless it is to be kept. */
final class DataDirectory implements AutoCloseable {
    /** What whoever holds the folder leaves in it, and so what tells a folder of ours from any other. */
    private static final Set<String> MARKS = Set.of("lock", "children");

    private static final String LOGS = ".log";

    private final Reaper reaper;
    private final boolean keep;

    private DataDirectory(Reaper reaper, boolean keep) {
        this.reaper = reaper;
        this.keep = keep;
    }

    /**
     * Takes the folder for this run, and ends what a crashed one left running.
     *
     * @throws HarnessException when the folder holds what no run has put there, as emptying it would delete that
     */
    static DataDirectory open(Path folder, boolean keep) throws IOException {
        ensureOurs(folder);
        System.setProperty("quickstart.log", folder.resolve("quickstart.log").toString());
        var directory = new DataDirectory(Reaper.hold(folder), keep);
        if (!keep) {
            directory.empty();
        }
        return directory;
    }

    Reaper reaper() {
        return reaper;
    }

    @Override
    public void close() throws IOException {
        reaper.close();
        if (!keep) {
            empty();
        }
    }

    private static void ensureOurs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> present = new HashSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> entry.getFileName().toString()).forEach(present::add);
        }
        if (!present.containsAll(MARKS) && !MARKS.containsAll(present)) {
            throw new HarnessException("the folder %s holds what is not of the quick start, which empties its folder:"
                            .formatted(folder.toAbsolutePath().normalize())
                    + " give --data an empty one, or one that does not exist yet");
        }
    }

    /** All but the logs, for whoever wants to know what happened; secrets go with the rest. */
    private void empty() throws IOException {
        List<Path> state;
        try (Stream<Path> entries = Files.list(reaper.directory())) {
            state = entries.filter(DataDirectory::isState).toList();
        }
        for (Path entry : state) {
            MoreFiles.deleteRecursively(entry, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static boolean isState(Path entry) {
        String name = entry.getFileName().toString();
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || !(MARKS.contains(name) || name.endsWith(LOGS));
    }
}
