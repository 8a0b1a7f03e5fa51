package io.quittance.streams.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a properties file as Kafka's own tools do, in UTF-8, but takes no key twice. */
final class PropertiesFile {

    private PropertiesFile() {}

    static Map<String, String> read(Path file) {
        Strict properties = new Strict();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw problem(file, "there is no such file; give the path of a properties file with --config.");
        } catch (CharacterCodingException e) {
            throw problem(file, "it is not UTF-8; save it as UTF-8.");
        } catch (IllegalArgumentException e) {
            throw problem(file, "it has a malformed \\u escape; write four hexadecimal digits after \\u.");
        } catch (IOException e) {
            throw problem(file, "it could not be read; check that this user may read it.");
        }
        if (!properties.repeated.isEmpty()) {
            throw new InvalidConfiguration(properties.repeated.stream()
                    .map(key -> file + ": " + key + ": it is there more than once; keep one.")
                    .toList());
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private static InvalidConfiguration problem(Path file, String what) {
        return new InvalidConfiguration(List.of(file + ": " + what));
    }

    private static final class Strict extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient List<String> repeated = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                repeated.add(key.toString());
            }
            return super.put(key, value);
        }
    }
}
