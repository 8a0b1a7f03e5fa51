package io.quittance.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** Reads the key for pseudonyms. Messages never hold what the file holds. */
final class PseudonymKeyFile {
    private static final int SHORTEST_KEY = 32;
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9a-fA-F]{2})+");

    private PseudonymKeyFile() {}

    static byte[] read(String option, String file) {
        byte[] key = decode(option, text(option, file));
        if (key.length < SHORTEST_KEY) {
            throw new ConfigException(option + ": the key has " + key.length + " bytes; make one of at least "
                    + SHORTEST_KEY + ", for example with: openssl rand -hex 32");
        }
        return key;
    }

    private static String text(String option, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw new ConfigException(option + ": " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "); name a file that the worker may read");
        }
    }

    private static byte[] decode(String option, String text) {
        if (HEXADECIMAL.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            throw new ConfigException(option + ": the file holds neither hexadecimal nor Base64");
        }
    }
}
