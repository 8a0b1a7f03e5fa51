package io.quittance.streams.config;

import io.quittance.contract.Topics;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** What a value must be, beyond its type; each says so in the words that the configuration table shows. */
final class Validators {

    private Validators() {}

    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** Far above any law's, far below where calendars end. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** A length of time above zero, such as {@code PT30S}. */
    static Validator duration() {
        return new Described("a duration from PT0.001S to P36525D, ISO-8601") {
            @Override
            boolean accepts(String value) {
                try {
                    Duration duration = Duration.parse(value);
                    return duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0;
                } catch (DateTimeParseException e) {
                    return false;
                }
            }
        };
    }

    static Validator topicPrefix() {
        return new Described("up to 100 letters, digits, dots, dashes and underscores") {
            @Override
            boolean accepts(String value) {
                try {
                    return Topics.withPrefix(value).prefix().equals(value);
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }
        };
    }

    static Validator keySetPlace() {
        return new Described("a file, an https URL, or an http URL of this machine") {
            @Override
            boolean accepts(String value) {
                return SignatureConfig.isPlace(value);
            }
        };
    }

    static Validator matching(String description, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new Described(description) {
            @Override
            boolean accepts(String value) {
                return compiled.matcher(value).matches();
            }
        };
    }

    private abstract static class Described implements Validator {
        private final String description;

        Described(String description) {
            this.description = description;
        }

        abstract boolean accepts(String value);

        @Override
        public void ensureValid(String name, Object value) {
            if (value instanceof String text && !accepts(text)) {
                throw new ConfigException(name, "", "must be " + description);
            }
        }

        @Override
        public String toString() {
            return description;
        }
    }
}
