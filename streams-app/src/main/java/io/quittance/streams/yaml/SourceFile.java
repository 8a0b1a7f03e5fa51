package io.quittance.streams.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document's text and the name that its mistakes are reported under.
 *
 * @param name as the user gave it
 */
public record SourceFile(String name, String text) {

    public static SourceFile read(Path file) throws IOException {
        return new SourceFile(file.toString(), Files.readString(file));
    }
}
