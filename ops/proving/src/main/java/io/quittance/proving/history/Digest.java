package io.quittance.proving.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Digests of rows and objects. The same row gives the same digest wherever it is read: in its table or in an export.
 */
public final class Digest {
    private static final int LENGTH = 24;

    private Digest() {}

    /** Of a row: its columns in the order of their names, values as text. */
    public static String ofRow(Map<String, ? extends @Nullable String> columns) {
        var text = new StringBuilder();
        new TreeMap<>(columns)
                .forEach((name, value) -> text.append(name)
                        .append('=')
                        .append(value == null ? "\0" : value)
                        .append('\n'));
        return sha256(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }

    /** Of a row without some of its columns. */
    public static String ofRowWithout(Collection<String> left, Map<String, ? extends @Nullable String> columns) {
        var rest = new TreeMap<String, @Nullable String>(columns);
        rest.keySet().removeAll(left);
        return ofRow(rest);
    }

    /** Of an object: its name below the customer's prefix, and its content. */
    public static String ofObject(String name, String sha256) {
        return sha256((name + "\n" + sha256).getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }

    /** Lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
