package io.quittance.streams.codec;

import com.google.common.collect.Comparators;
import io.quittance.contract.Topics;
import io.quittance.streams.domain.Door;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Checks of single fields. A failure names the field, never its value. */
final class Require {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Require() {}

    static String subject(String value) {
        return name("subject_id", value, Door.MAX_SUBJECT);
    }

    static String id(String field, String value) {
        return name(field, value, Door.MAX_ID);
    }

    static String name(String field, String value, int longest) {
        if (!Door.isName(value, longest)) {
            throw refused(field + " is empty, holds control characters, or is longer than " + longest + " characters");
        }
        return value;
    }

    /** Of an approver group. A prompt names the groups that are asked in one text, with commas between. */
    static String group(String field, String value) {
        that(value.indexOf(',') < 0, field + " holds a comma, which stands between groups");
        return name(field, value, Door.MAX_TEXT);
    }

    static String text(String field, String value, int longest) {
        if (!Door.isText(value, longest)) {
            throw refused(field + " holds control characters or is longer than " + longest + " characters");
        }
        return value;
    }

    static @Nullable String optionalText(String field, @Nullable String value, int longest) {
        return value == null ? null : text(field, value, longest);
    }

    static String system(String field, String value) {
        that(Topics.isLegalSystem(value), field + " is not a legal name of a system");
        return value;
    }

    static long range(String field, long value, long least, long most) {
        that(value >= least && value <= most, field + " is not between " + least + " and " + most);
        return value;
    }

    /**
     * Times go on into prompts and audit records. What Python calls a datetime ends with the year 9999, and JavaScript
     * counts exactly up to 2^53 only: there, a program stops at a record with a later one.
     */
    static Instant time(String field, Instant value) {
        that(
                !value.isBefore(Instant.EPOCH) && !value.isAfter(LATEST),
                field + " is not a time from 1970-01-01 to 9999-12-31");
        return value;
    }

    /** The nearest time that {@link #time} takes, for what must not be refused. */
    static Instant nearest(Instant value) {
        return Comparators.min(Comparators.max(value, Instant.EPOCH), LATEST);
    }

    static @Nullable Instant optionalTime(String field, @Nullable Instant value) {
        return value == null ? null : time(field, value);
    }

    static void known(String field, Enum<?> value) {
        that(!value.name().equals("UNKNOWN"), field + " is not a value this pipeline knows");
    }

    static void distinct(String field, Collection<String> values) {
        that(values.stream().distinct().count() == values.size(), field + " has the same entry twice");
    }

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    private static InvalidRecordException refused(String why) {
        return new InvalidRecordException("The record was refused: " + why + ".");
    }
}
