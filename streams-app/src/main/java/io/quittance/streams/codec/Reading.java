package io.quittance.streams.codec;

import io.quittance.streams.domain.Command;

/** What an input record turned out to be. */
public sealed interface Reading {

    /** A command about a subject. */
    record Understood(String subjectId, Command command) implements Reading {}

    /**
     * Bytes nobody can act on.
     *
     * @param code stable code of a dead letter
     * @param detail sentence for people, without data
     */
    record Senseless(String code, String detail) implements Reading {}
}
