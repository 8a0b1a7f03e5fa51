package io.quittance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a data directory for this JVM and knows every child process started for it, so that none outlives a run.
 *
 * <p>Three nets: {@link #close} ends the children; a child notices by itself that the JVM that started it is gone,
 * however it went; and what still is there when the directory is next held, written down by pid, start time and
 * command, is ended then. A pid that was given to another process in the meantime is left alone.
 */
public final class Reaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path directory;
    private final Path register;
    private final FileChannel lockFile;
    private final boolean temporary;
    private final Set<ProcessHandle> children = new LinkedHashSet<>();
    private boolean closed;

    private Reaper(Path directory, FileChannel lockFile, boolean temporary) {
        this.directory = directory;
        this.register = directory.resolve("children");
        this.lockFile = lockFile;
        this.temporary = temporary;
    }

    /**
     * Takes the directory, made if need be, and ends what a crashed run left behind in it.
     *
     * @throws HarnessException when another run holds it
     */
    public static Reaper hold(Path directory) {
        Path absolute = Directories.create(directory.toAbsolutePath().normalize());
        var reaper = new Reaper(absolute, lock(absolute), false);
        reaper.endLeftovers();
        return reaper;
    }

    /** Takes a new folder in {@code parent}, which is deleted at the close. */
    public static Reaper temporary(Path parent) {
        try {
            Path directory = Files.createTempDirectory(Directories.create(parent.toAbsolutePath()), "run-");
            return new Reaper(directory, lock(directory), true);
        } catch (IOException e) {
            throw new HarnessException("no folder can be made in %s".formatted(parent), e);
        }
    }

    /** The directory held; each part keeps its files in a folder of its own in it. */
    public Path directory() {
        return directory;
    }

    /**
     * Puts a child under watch. To be called as soon as it runs.
     *
     * @throws HarnessException when the directory was given back meanwhile; the child is ended
     */
    public synchronized void adopt(ProcessHandle child) {
        if (closed) {
            endNow(child);
            throw new HarnessException(
                    "the folder %s was given back before a child in it had started".formatted(directory));
        }
        children.add(child);
        writeRegister();
    }

    /** Ends a child, politely at first, with everything it started; returns when it is gone. */
    public synchronized void end(ProcessHandle child) {
        endNow(child);
        // The register of a directory that was given back may be another run's by now.
        if (children.remove(child)) {
            writeRegister();
        }
    }

    /** Ends all children and gives the directory back, or deletes it when it is temporary. */
    @Override
    public synchronized void close() {
        List.copyOf(children).forEach(this::end);
        closed = true;
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (temporary) {
            Directories.delete(directory);
        }
    }

    private void endLeftovers() {
        for (ChildMark mark : readRegister()) {
            ProcessHandle leftover = mark.find();
            if (leftover != null) {
                LOG.atWarn().addKeyValue("pid", leftover.pid()).log("ending a process that an earlier run left behind");
                endNow(leftover);
            }
        }
        writeRegister();
    }

    private static void endNow(ProcessHandle child) {
        List<ProcessHandle> family = child.descendants().toList();
        child.destroy();
        if (!isGoneWithin(child, GRACE)) {
            child.destroyForcibly();
            isGoneWithin(child, GRACE);
        }
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> isGoneWithin(member, GRACE));
    }

    /** Not to be interrupted: who ends the run by Ctrl-C interrupts it, and wants every child gone. */
    private static boolean isGoneWithin(ProcessHandle child, Duration limit) {
        return child.onExit()
                .thenApply(gone -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private List<ChildMark> readRegister() {
        try {
            return Files.exists(register)
                    ? Files.readAllLines(register).stream()
                            .map(ChildMark::parse)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeRegister() {
        try {
            Files.write(
                    register,
                    children.stream().map(ChildMark::of).map(ChildMark::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            var channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new HarnessException(
                        "the folder %s is in use by another run: stop that one, or choose another folder"
                                .formatted(directory));
            }
            return channel;
        } catch (IOException e) {
            throw new HarnessException("the folder %s cannot be locked".formatted(directory), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }
}
