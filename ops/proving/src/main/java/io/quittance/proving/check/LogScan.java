package io.quittance.proving.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for identifiers in what the processes printed. */
final class LogScan {
    private LogScan() {}

    /** @return how many files were looked through */
    static int of(Path logs, Consumer<Leak> found) {
        if (!Files.isDirectory(logs)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(logs)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            files.forEach(file -> scan(logs, file, found));
            return files.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void scan(Path logs, Path file, Consumer<Leak> found) {
        try (var in = open(file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.contains(Marker.TEXT)) {
                    found.accept(new Leak(logs.relativize(file) + ":" + number, null, 0));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream plain = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain;
    }
}
