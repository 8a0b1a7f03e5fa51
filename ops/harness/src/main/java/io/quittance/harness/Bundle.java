package io.quittance.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * A server's files, carried as a zip on the class path and unpacked once per content into the user's cache
 * ({@code ~/.cache/quittance}, or where the system property {@value #CACHE_PROPERTY} points).
 */
enum Bundle {
    REGISTRY,
    S3;

    static final String CACHE_PROPERTY = "quittance.harness.cache";
    private static final int NAME_DIGITS = 16;

    /** The folder that holds this bundle's files, unpacked now if they were not before. */
    Path unpacked() {
        Path target = cache().resolve("%s-%s".formatted(id(), checksum().substring(0, NAME_DIGITS)));
        if (!Files.isDirectory(target)) {
            unpackTo(target);
        }
        return target;
    }

    static Path cache() {
        String configured = System.getProperty(CACHE_PROPERTY);
        Path cache = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache", "quittance");
        return Directories.create(cache.toAbsolutePath());
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String checksum() {
        try (var in = resource(id() + ".zip.sha256")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the target first, then renamed: two JVMs may do this at once, and a crash may leave half of it. */
    private void unpackTo(Path target) {
        try {
            Path draft = Files.createTempDirectory(cache(), id());
            Zips.unpack(resource(id() + ".zip"), draft);
            moveUnlessThere(draft, target);
        } catch (IOException e) {
            throw new HarnessException(
                    "%s cannot be unpacked to %s: free space there, or set -D%s to another folder"
                            .formatted(id(), target, CACHE_PROPERTY),
                    e);
        }
    }

    private static void moveUnlessThere(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Another JVM was faster; both hold the same.
            Directories.delete(draft);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = Bundle.class.getResourceAsStream("bundles/" + name);
        if (in == null) {
            throw new HarnessException(
                    "%s is not on the class path: build ops/bundles (mvn -pl ops/bundles package)".formatted(name));
        }
        return in;
    }
}
