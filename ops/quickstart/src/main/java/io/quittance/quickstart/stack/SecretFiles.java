package io.quittance.quickstart.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** Files that only this user may read, for Connect's {@code ${file:…}} references and the executors' keys. */
final class SecretFiles {
    private SecretFiles() {}

    static void write(Path file, Map<String, String> secrets) {
        String lines = secrets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        writePrivately(file, lines);
    }

    /** A random key, made once and kept, so that pseudonyms stay the same. */
    static void makeKey(Path file, SecureRandom random) {
        if (!Files.exists(file)) {
            var key = new byte[32];
            random.nextBytes(key);
            writePrivately(file, HexFormat.of().formatHex(key));
        }
    }

    private static void writePrivately(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a file for secrets cannot be written", e);
        }
    }
}
