package io.quittance.streams.processor;

import io.quittance.streams.codec.OutputTopic;
import java.util.Locale;

/** Names of the nodes that write. */
public final class Sinks {
    /** Where the limiter's go: a node that two processors shared would make one task of both. */
    public static final String LIMITER_DEAD_LETTERS = "limiter-to-dead-letters";

    private Sinks() {}

    public static String name(OutputTopic to) {
        return "to-" + to.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
