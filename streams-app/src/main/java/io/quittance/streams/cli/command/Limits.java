package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliException;

/** Lengths that the contract allows, checked before the pipeline would refuse the record. */
final class Limits {

    static final int REQUEST_ID = 128;
    static final int SUBJECT_ID = 256;
    static final int SENTENCE = 256;
    static final int DECISION_REASON = 1_024;

    private Limits() {}

    static String atMost(String option, String value, int longest) {
        if (value.isBlank() || value.length() > longest) {
            throw CliException.refused(
                    option + " must have 1 to " + longest + " characters; it has " + value.length() + ".",
                    "Shorten it, and keep personal data out of it.");
        }
        return value;
    }
}
