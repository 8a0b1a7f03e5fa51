package io.quittance.executor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Coarse parts of values. What has no coarse part is redacted: less is told, never more. */
final class Generalization {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}([.][0-9]{1,30})?");
    private static final Pattern DATE_FIRST = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");

    private Generalization() {}

    /** A date or time at the start of its year, a number as the power of ten below it; otherwise null. */
    static @Nullable Object of(Object value) {
        if (value instanceof Number number) {
            return magnitude(number);
        }
        if (value instanceof Temporal temporal) {
            return startOfYear(temporal);
        }
        if (value instanceof Date date) {
            return ofDate(date);
        }
        return value instanceof String text ? ofText(text) : null;
    }

    /** The year of a date or time; any other value as it is. */
    static @Nullable Object yearOf(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC).getYear();
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime()).atOffset(ZoneOffset.UTC).getYear();
        }
        return value instanceof TemporalAccessor temporal ? Integer.valueOf(temporal.get(ChronoField.YEAR)) : value;
    }

    private static @Nullable Temporal startOfYear(Temporal temporal) {
        if (temporal instanceof Instant instant) {
            OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
            return utc.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS).toInstant();
        }
        if (!temporal.isSupported(ChronoField.DAY_OF_YEAR)) {
            return null;
        }
        Temporal start = temporal.with(ChronoField.DAY_OF_YEAR, 1);
        return start.isSupported(ChronoField.NANO_OF_DAY) ? start.with(LocalTime.MIDNIGHT) : start;
    }

    private static @Nullable Object ofDate(Date date) {
        if (date instanceof java.sql.Time) {
            return null;
        }
        if (date instanceof java.sql.Date day) {
            return java.sql.Date.valueOf(day.toLocalDate().withDayOfYear(1));
        }
        if (date instanceof java.sql.Timestamp timestamp) {
            LocalDate start = timestamp.toLocalDateTime().toLocalDate().withDayOfYear(1);
            return java.sql.Timestamp.valueOf(start.atStartOfDay());
        }
        OffsetDateTime utc = date.toInstant().atOffset(ZoneOffset.UTC);
        return Date.from(utc.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS).toInstant());
    }

    private static @Nullable String ofText(String text) {
        if (NUMBER.matcher(text).matches()) {
            return magnitude(new BigDecimal(text)).toPlainString();
        }
        return DATE_FIRST.matcher(text).matches() ? yearOfText(text) : null;
    }

    private static @Nullable String yearOfText(String text) {
        try {
            LocalDate.parse(text.substring(0, 10), DateTimeFormatter.ISO_LOCAL_DATE);
            return text.substring(0, 4);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static @Nullable Number magnitude(Number number) {
        if (number instanceof BigDecimal decimal) {
            return magnitude(decimal);
        }
        if (number instanceof BigInteger integer) {
            return magnitude(new BigDecimal(integer)).toBigIntegerExact();
        }
        if (number instanceof Double || number instanceof Float) {
            return floating(number);
        }
        long magnitude = magnitude(BigDecimal.valueOf(number.longValue())).longValueExact();
        if (number instanceof Long) {
            return magnitude;
        }
        return Math.toIntExact(magnitude);
    }

    /** By the digits that are shown for it: as a double, the float 0.01 is a little less. */
    private static @Nullable Number floating(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            return null;
        }
        BigDecimal magnitude = magnitude(new BigDecimal(number.toString()));
        if (number instanceof Float) {
            return magnitude.floatValue();
        }
        return magnitude.doubleValue();
    }

    private static BigDecimal magnitude(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(value.precision() - value.scale() - 1);
        return value.signum() < 0 ? power.negate() : power;
    }
}
