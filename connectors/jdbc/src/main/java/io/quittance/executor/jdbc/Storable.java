package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Fits anonymized values into the columns they came from. */
final class Storable {
    /** Half of a pseudonym still tells people apart; less would mix them up. */
    private static final int SHORTEST_TEXT = 16;

    private Storable() {}

    /**
     * The value as the column can hold it: null becomes the empty value of the type where the column forbids null, and
     * text is cut to the column's length.
     *
     * @throws TaskFailure UNSUITABLE_TRANSFORMATION if the column has no place for it
     */
    static @Nullable Object in(Column column, @Nullable Object value, Dataset dataset) throws TaskFailure {
        if (value == null) {
            return column.nullable() ? null : empty(column, dataset);
        }
        if (value instanceof String text) {
            if (!column.isText() && !column.isJson()) {
                throw unsuitable(column, dataset, "is a " + column.type() + " and cannot hold text");
            }
            return fit(text, column, dataset);
        }
        return value;
    }

    /** For {@code setObject}: the server takes text of a type the driver does not know for what its column is. */
    static int sqlType(Column column) {
        return switch (column.type()) {
            case "smallint", "integer" -> Types.INTEGER;
            case "bigint" -> Types.BIGINT;
            case "numeric" -> Types.NUMERIC;
            case "real" -> Types.REAL;
            case "double precision" -> Types.DOUBLE;
            case "boolean" -> Types.BOOLEAN;
            case "date" -> Types.DATE;
            case "timestamp without time zone" -> Types.TIMESTAMP;
            case "timestamp with time zone" -> Types.TIMESTAMP_WITH_TIMEZONE;
            case "time without time zone" -> Types.TIME;
            case "bytea" -> Types.BINARY;
            default -> column.isText() ? Types.VARCHAR : Types.OTHER;
        };
    }

    private static String fit(String text, Column column, Dataset dataset) throws TaskFailure {
        int length = column.length();
        if (length == 0 || text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        if (length < SHORTEST_TEXT) {
            throw unsuitable(column, dataset, "has room for " + length + " characters only");
        }
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    private static Object empty(Column column, Dataset dataset) throws TaskFailure {
        if (column.isText()) {
            return "";
        }
        return switch (column.type()) {
            case "smallint", "integer" -> 0;
            case "bigint" -> 0L;
            case "numeric" -> BigDecimal.ZERO;
            case "real" -> 0f;
            case "double precision" -> 0d;
            case "boolean" -> false;
            case "date" -> LocalDate.EPOCH;
            case "timestamp without time zone" -> LocalDateTime.of(1970, 1, 1, 0, 0);
            case "timestamp with time zone" -> OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
            case "time without time zone" -> LocalTime.MIDNIGHT;
            case "bytea" -> new byte[0];
            case "json", "jsonb" -> "{}";
            case "uuid" -> "00000000-0000-0000-0000-000000000000";
            default ->
                throw unsuitable(column, dataset, "forbids null and its type " + column.type() + " has no empty value");
        };
    }

    private static TaskFailure unsuitable(Column column, Dataset dataset, String why) {
        return TaskFailure.failed(
                "UNSUITABLE_TRANSFORMATION",
                "Column " + column.name() + " of dataset " + dataset.getName() + " " + why
                        + ": choose another transformation in the data map.");
    }
}
