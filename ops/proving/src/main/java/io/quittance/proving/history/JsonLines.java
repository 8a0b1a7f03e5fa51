package io.quittance.proving.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files with a JSON value on each line; with gzip where the name ends so. */
public final class JsonLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            // Of a record, what begins with "is" is a question and no component.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int BUFFER = 1 << 16;

    private JsonLines() {}

    /** Appends lines. Thread-safe. Each line of a file that is not compressed is on disk when {@code write} returns. */
    public static final class Writer<T> implements Closeable {
        private final OutputStream out;
        private final boolean compressed;
        private final ObjectWriter json;

        private Writer(OutputStream out, boolean compressed, ObjectWriter json) {
            this.out = out;
            this.compressed = compressed;
            this.json = json;
        }

        /** @throws UncheckedIOException if the file cannot be written */
        public synchronized void write(T value) {
            try {
                out.write(json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
                if (!compressed) {
                    out.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Opens a file for appending, and makes its folder. */
    public static <T> Writer<T> writer(Path file, Class<T> type) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            OutputStream plain = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            boolean compressed = isCompressed(file);
            var out = new BufferedOutputStream(compressed ? new GZIPOutputStream(plain, BUFFER) : plain, BUFFER);
            return new Writer<>(out, compressed, JSON.writerFor(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads all lines, one after the other.
     *
     * @throws UncheckedIOException if the file is not there, or cannot be read
     */
    public static <T> void forEach(Path file, Class<T> type, Consumer<T> reader) {
        if (!Files.exists(file)) {
            throw new UncheckedIOException(
                    "The history is not whole: " + file + " is missing.", new NoSuchFileException(file.toString()));
        }
        ObjectReader json = JSON.readerFor(type);
        try (InputStream in = open(file);
                MappingIterator<T> lines = json.readValues(in)) {
            while (lines.hasNextValue()) {
                reader.accept(lines.nextValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** All lines at once, for files that are small. */
    public static <T> List<T> readAll(Path file, Class<T> type) {
        List<T> all = new ArrayList<>();
        forEach(file, type, all::add);
        return all;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream plain = Files.newInputStream(file);
        return new BufferedInputStream(isCompressed(file) ? new GZIPInputStream(plain, BUFFER) : plain, BUFFER);
    }

    private static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }
}
