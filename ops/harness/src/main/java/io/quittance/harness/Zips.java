package io.quittance.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacking. */
final class Zips {
    private Zips() {}

    /** Unpacks all entries, closes the stream, and refuses an entry that would land outside the folder. */
    static void unpack(InputStream zipped, Path folder) throws IOException {
        try (var zip = new ZipInputStream(zipped)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpack(entry, zip, folder);
            }
        }
    }

    private static void unpack(ZipEntry entry, ZipInputStream zip, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IOException("a zip entry that leaves its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.createDirectories(file.resolveSibling("."));
            Files.copy(zip, file);
        }
    }
}
