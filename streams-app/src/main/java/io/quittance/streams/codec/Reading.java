package io.quittance.streams.codec;

import io.quittance.streams.domain.Command;
import org.jspecify.annotations.Nullable;

/** What an input record turned out to be. */
public sealed interface Reading {

    /**
     * A command about a subject.
     *
     * @param signature what a decision brought along to vouch for it, not looked at yet; null where there is none
     */
    record Understood(
            String subjectId, Command command, @Nullable String signature) implements Reading {
        Understood(String subjectId, Command command) {
            this(subjectId, command, null);
        }
    }

    /**
     * Bytes nobody can act on.
     *
     * @param code stable code of a dead letter
     * @param detail sentence for people, without data
     */
    record Senseless(String code, String detail) implements Reading {}
}
