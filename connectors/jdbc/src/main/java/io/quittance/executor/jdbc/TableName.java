package io.quittance.executor.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Name of a table as the data map writes it, and as SQL may hold it. */
record TableName(List<String> parts) {
    private static final int MOST_PARTS = 2;

    /** @throws IllegalArgumentException unless it is a table or schema.table */
    static TableName parse(String name) {
        List<String> parts = Arrays.asList(name.split("\\.", -1));
        if (parts.size() > MOST_PARTS || parts.stream().anyMatch(TableName::isImpossible)) {
            throw new IllegalArgumentException("not a table or schema.table");
        }
        return new TableName(List.copyOf(parts));
    }

    /** The name as people write it. */
    String plain() {
        return String.join(".", parts);
    }

    /** The name with each part in double quotes. */
    String quoted() {
        return parts.stream().map(TableName::quote).collect(Collectors.joining("."));
    }

    /** An identifier in double quotes, which SQL then takes as nothing else. */
    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static boolean isImpossible(String part) {
        return part.isBlank() || part.indexOf('\0') >= 0;
    }
}
