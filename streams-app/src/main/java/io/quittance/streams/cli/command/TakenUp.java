package io.quittance.streams.cli.command;

import io.quittance.schema.LimitDocument;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.LimitMapping;
import io.quittance.streams.codec.ReferenceReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Whether the pipeline would take up what is to be published, asked of its own reader: what that refuses would be on
 * the topic and never in force.
 */
final class TakenUp {

    /** A draft has no version yet, and the reader wants one. */
    private static final int ANY_VERSION = Integer.MAX_VALUE;

    /** Publishing adds who and when. */
    private static final int MOST_BYTES = ReferenceReader.MAX_ENTRY_BYTES - 2_048;

    private TakenUp() {}

    static void require(SystemEntry draft) {
        String name = draft.getSystem();
        var versioned = SystemEntry.newBuilder(draft).setVersion(ANY_VERSION).build();
        require(name, () -> ReferenceReader.system(name, versioned));
        if (bytes(draft) > MOST_BYTES) {
            throw refused(name, "The entry would be larger than " + MOST_BYTES + " bytes.");
        }
    }

    static void require(LimitDocument draft) {
        String name = draft.getName();
        var versioned = LimitDocument.newBuilder(draft).setVersion(ANY_VERSION).build();
        require(name, () -> LimitMapping.limit(name, versioned));
    }

    private static void require(String name, Runnable reading) {
        try {
            reading.run();
        } catch (InvalidRecordException refused) {
            throw refused(name, String.valueOf(refused.getMessage()));
        }
    }

    private static CliException refused(String name, String why) {
        return CliException.refused(
                "The pipeline would not take up '" + name + "'. " + why,
                "Nothing was changed. Mend the file and run it again.");
    }

    private static int bytes(SystemEntry draft) {
        try {
            return SystemEntry.getEncoder().encode(draft).remaining();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
