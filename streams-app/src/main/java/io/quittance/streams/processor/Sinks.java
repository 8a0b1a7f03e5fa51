package io.quittance.streams.processor;

import com.google.common.collect.Maps;
import io.quittance.streams.codec.OutputTopic;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Names of the nodes that write. */
public final class Sinks {
    /** Where the limiter's go: a node that two processors shared would make one task of both. */
    public static final String LIMITER_DEAD_LETTERS = "limiter-to-dead-letters";

    private static final Map<OutputTopic, String> NAMES = Arrays.stream(OutputTopic.values())
            .collect(Maps.toImmutableEnumMap(
                    to -> to, to -> "to-" + to.name().toLowerCase(Locale.ROOT).replace('_', '-')));

    private Sinks() {}

    public static String name(OutputTopic to) {
        return Objects.requireNonNull(NAMES.get(to));
    }
}
