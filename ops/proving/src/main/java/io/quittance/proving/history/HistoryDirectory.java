package io.quittance.proving.history;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where everything of one run is. */
public final class HistoryDirectory {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String RECORDS = ".jsonl.gz";

    private final Path directory;

    public HistoryDirectory(Path directory) {
        this.directory = directory;
    }

    public Path path() {
        return directory;
    }

    public Path acts() {
        return directory.resolve("acts.jsonl");
    }

    public Path nemesis() {
        return directory.resolve("nemesis.jsonl");
    }

    public Path subjects() {
        return directory.resolve("subjects.jsonl");
    }

    public Path topic(String name) {
        return directory.resolve("topics").resolve(name + RECORDS);
    }

    /** Rows left in the databases. */
    public Path rows() {
        return directory.resolve("systems").resolve("rows" + RECORDS);
    }

    public Path receipts() {
        return directory.resolve("systems").resolve("receipts" + RECORDS);
    }

    /** Objects left in the object store. */
    public Path objects() {
        return directory.resolve("systems").resolve("objects" + RECORDS);
    }

    /** Copies of the logs of all processes. */
    public Path logs() {
        return directory.resolve("logs");
    }

    public Path verdictJson() {
        return directory.resolve("verdict.json");
    }

    public Path verdictMarkdown() {
        return directory.resolve("verdict.md");
    }

    /** Names of the topics that were written down. */
    public List<String> topics() {
        Path topics = directory.resolve("topics");
        if (!Files.isDirectory(topics)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(topics)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(RECORDS))
                    .map(name -> name.substring(0, name.length() - RECORDS.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(RunInfo run) {
        write("run.json", run);
    }

    public RunInfo run() {
        return read("run.json", new TypeReference<RunInfo>() {});
    }

    /** Schemas of the registry, by id. */
    public void writeSchemas(Map<Integer, String> schemas) {
        write("schemas.json", new TreeMap<>(schemas));
    }

    public Map<Integer, String> schemas() {
        return read("schemas.json", new TypeReference<Map<Integer, String>>() {});
    }

    private void write(String name, Object value) {
        try {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(name + ".tmp");
            JSON.writeValue(unfinished.toFile(), value);
            Files.move(
                    unfinished,
                    directory.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String name, TypeReference<T> type) {
        try {
            return JSON.readValue(directory.resolve(name).toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    directory + " holds no " + name + " that can be read: is it the history of a finished run?", e);
        }
    }
}
