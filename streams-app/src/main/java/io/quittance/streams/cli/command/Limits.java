package io.quittance.streams.cli.command;

import io.quittance.contract.Topics;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.domain.Door;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline's door lets in, checked before anything is written: a record that it refuses ends among the dead
 * letters, long after the command has said that all went well.
 */
final class Limits {

    static final int ID = Door.MAX_ID;
    static final int PSEUDONYM = Door.MAX_SUBJECT;
    static final int NAME = Door.MAX_TEXT;
    static final int SENTENCE = Door.MAX_TEXT;
    static final int DECISION_REASON = Door.MAX_REASON;

    private Limits() {}

    /** A name or a sentence: not empty, bounded, without control characters. */
    static String text(String option, String value, int longest) {
        if (value.isBlank()) {
            throw CliException.refused(
                    option + " is empty.", "Give it 1 to " + longest + " characters, and no personal data.");
        }
        return textOrNothing(option, value, longest);
    }

    /** The same, where the option may be left out. */
    static @Nullable String optional(String option, @Nullable String value, int longest) {
        return value == null ? null : text(option, value, longest);
    }

    /** The same, where it may be empty. */
    static String textOrNothing(String option, String value, int longest) {
        if (value.length() > longest) {
            throw CliException.refused(
                    option + " must have 1 to " + longest + " characters; it has " + value.length() + ".",
                    "Shorten it, and keep personal data out of it.");
        }
        if (!Door.isText(value, longest)) {
            throw CliException.refused(
                    option + " may not have line breaks, tabs or other control characters in it.",
                    "Write it on one line; the pipeline would refuse the record.");
        }
        return value;
    }

    /** Texts that can each name something, and not too many. */
    static List<String> names(String option, List<String> names) {
        if (names.size() > Door.MAX_LIST) {
            throw CliException.refused(
                    option + " may be given " + Door.MAX_LIST + " times at most.", "Name fewer at a time.");
        }
        names.forEach(name -> text(option, name, NAME));
        return names;
    }

    /** The same, of names that a system can have; any other would match nothing. */
    static List<String> systems(String option, List<String> systems) {
        names(option, systems).stream()
                .filter(system -> !Topics.isLegalSystem(system))
                .findFirst()
                .ifPresent(system -> {
                    throw CliException.refused(
                            option + " '" + system
                                    + "' cannot be a system: they have lower-case letters, digits and dashes only.",
                            "Spell it as the data map does; 'quittance systems show' lists those there are.");
                });
        return systems;
    }
}
