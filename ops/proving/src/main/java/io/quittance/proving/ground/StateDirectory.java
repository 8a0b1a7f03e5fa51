package io.quittance.proving.ground;

import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where an instance keeps its stores: a file system of its own, and a small one, where mounts are allowed. */
public final class StateDirectory {
    /** What fills it. */
    static final String BALLAST = "ballast";

    private static final int CHUNK = 64 * 1024;

    private final Path mount;
    private final Path ballast;

    private StateDirectory(Path mount) {
        this.mount = mount;
        this.ballast = mount.resolve(BALLAST);
    }

    static StateDirectory in(Path directory, boolean mounted, int megabytes) {
        try {
            Path mount = Files.createDirectories(directory.resolve("state"));
            if (mounted) {
                Commands.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString());
            }
            Files.createDirectories(mount.resolve("stores"));
            return new StateDirectory(mount);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code state.dir}. */
    Path stores() {
        return mount.resolve("stores");
    }

    /** Leaves no byte free. Only on a file system of its own. */
    public void fill() {
        try (var channel = Files.newByteChannel(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            fill(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what {@link #fill} has put there. */
    public void drain() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes free. */
    public long free() {
        try {
            return Files.getFileStore(mount).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all stores. Only while the instance does not run. */
    public void lose() {
        try (Stream<Path> files = Files.walk(stores())) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
            Files.createDirectories(stores());
        } catch (IOException e) {
            throw new HarnessException("the stores in %s cannot be deleted".formatted(mount), e);
        }
    }

    private static void fill(SeekableByteChannel channel) {
        var chunk = ByteBuffer.allocate(CHUNK);
        try {
            while (channel.write(chunk.rewind()) > 0) {
                // As long as anything fits.
            }
        } catch (IOException full) {
            // As wanted.
        }
    }
}
