package io.quittance.executor.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column as the database has it.
 *
 * @param type name of its type as SQL writes it ("bigint", "character varying"), domains resolved
 * @param length most characters, for text that has a limit; otherwise 0
 */
record Column(String name, String type, boolean nullable, int length) {
    private static final Set<String> PADDED = Set.of("character", "bpchar");
    private static final Set<String> TEXT = Set.of("text", "character varying", "name");
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> JSON = Set.of("json", "jsonb");
    /** Types that cut or round a text, read it by the session's settings, or call different values equal. */
    private static final Set<String> AMBIGUOUS = Set.of(
            "boolean",
            "money",
            "bit",
            "\"char\"",
            "date",
            "time without time zone",
            "time with time zone",
            "timestamp without time zone",
            "timestamp with time zone",
            "interval",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle");

    String quoted() {
        return TableName.quote(name);
    }

    boolean isText() {
        return TEXT.contains(type) || PADDED.contains(type) || isCaseInsensitive();
    }

    /** Whether a text means one value of this column and no other, so that an identifier may be compared with it. */
    boolean tellsApart() {
        return !AMBIGUOUS.contains(type);
    }

    /**
     * Condition that the column equals one of the texts in the array that is bound to its parameter. Compared in the
     * column's own type: its index serves, and a value is found however it is written. As text, an inet ends in /32.
     */
    String isAnyOf() {
        if (TEXT.contains(type)) {
            return quoted() + " = ANY (?::text[])";
        }
        // Without a length, "character" is one character.
        String read = PADDED.contains(type) ? "bpchar" : type;
        return quoted() + " = ANY (?::text[]::" + read + "[])";
    }

    private boolean isCaseInsensitive() {
        return type.equals("citext") || type.endsWith(".citext");
    }

    /** How many bytes a value has when it is sent, as SQL: bytes may come as hexadecimal, all else as text. */
    String bytes() {
        String length = type.equals("bytea")
                ? "octet_length(" + quoted() + ")::bigint * 2"
                : "octet_length(" + quoted() + "::text)::bigint";
        return "coalesce(" + length + ", 0)";
    }

    boolean isNumber() {
        return NUMBERS.contains(type);
    }

    boolean isJson() {
        return JSON.contains(type);
    }

    boolean isDateOrTime() {
        return type.equals("date") || type.startsWith("timestamp");
    }

    /** The column's value in the row the result set stands on, as the type that Java has for it; otherwise as text. */
    @Nullable
    Object read(ResultSet row, int index) throws SQLException {
        return switch (type) {
            case "date" -> row.getObject(index, LocalDate.class);
            case "timestamp without time zone" -> row.getObject(index, LocalDateTime.class);
            case "timestamp with time zone" -> row.getObject(index, OffsetDateTime.class);
            case "time without time zone" -> row.getObject(index, LocalTime.class);
            case "smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean" ->
                row.getObject(index);
            case "bytea" -> row.getBytes(index);
            default -> row.getString(index);
        };
    }
}
