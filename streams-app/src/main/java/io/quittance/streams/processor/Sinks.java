package io.quittance.streams.processor;

import io.quittance.streams.codec.OutputTopic;
import java.util.Locale;

/** Names of the nodes that write. */
public final class Sinks {
    private Sinks() {}

    public static String name(OutputTopic to) {
        return "to-" + to.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
