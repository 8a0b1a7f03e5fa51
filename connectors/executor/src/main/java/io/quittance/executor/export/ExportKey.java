package io.quittance.executor.export;

import com.google.common.hash.Hashing;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of objects, made of pseudonyms only. Different inputs never share a name: a request must not overwrite the
 * document of another.
 */
public final class ExportKey {
    /** File systems behind some object stores end at 255 bytes a name; this leaves room for an extension. */
    private static final int LONGEST_PART = 200;

    private static final int KEPT_OF_LONG_PART = 100;

    private ExportKey() {}

    /**
     * Key of the document of one task under one grant, to be put below the configured prefix. The subject is part of
     * it: a publisher that gives two people's requests the same name must not have one handed the document of the
     * other. So is the grant: the next may cover less, and must not be answered with a document of the one before. The
     * attempt is not: a second one finds the document of the first, instead of leaving it behind unknown to all.
     */
    public static String document(Task task) {
        return part(task.getSubjectId()) + "/" + part(task.getRequestId()) + "/" + part(task.getSystem()) + "/"
                + part(task.getGrant().getGrantId()) + ".json";
    }

    /**
     * One safe part of a key. Letters, digits, '-', '_' and inner '.' stay, every other byte becomes '~' and two
     * hexadecimal digits; what is too long keeps its beginning, followed by "~~" and its SHA-256.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static String part(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a part of an object key must not be empty");
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        String escaped = escape(bytes, Math.min(bytes.length, LONGEST_PART));
        if (bytes.length <= LONGEST_PART && escaped.length() <= LONGEST_PART) {
            return escaped;
        }
        return escaped.substring(0, KEPT_OF_LONG_PART) + "~~" + Hashing.sha256().hashBytes(bytes);
    }

    private static String escape(byte[] bytes, int length) {
        HexFormat hex = HexFormat.of().withUpperCase();
        StringBuilder escaped = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            if (isSafe(bytes[at], at)) {
                escaped.append((char) bytes[at]);
            } else {
                escaped.append('~').append(hex.toHexDigits(bytes[at]));
            }
        }
        return escaped.toString();
    }

    private static boolean isSafe(byte character, int at) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || (character == '.' && at > 0);
    }
}
