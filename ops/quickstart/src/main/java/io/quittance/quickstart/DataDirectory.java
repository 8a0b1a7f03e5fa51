package io.quittance.quickstart;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.quittance.harness.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a run keeps its state: emptied before and after, unless it is to be kept. */
final class DataDirectory implements AutoCloseable {
    private final Reaper reaper;
    private final boolean keep;

    private DataDirectory(Reaper reaper, boolean keep) {
        this.reaper = reaper;
        this.keep = keep;
    }

    /** Takes the folder for this run, and ends what a crashed one left running. */
    static DataDirectory open(Path folder, boolean keep) throws IOException {
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

    /** Folders only: the logs beside them are for whoever wants to know what happened. */
    private void empty() throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(reaper.directory())) {
            folders = entries.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }
}
