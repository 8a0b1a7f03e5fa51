package io.quittance.streams.cli.command;

import io.quittance.schema.LimitDocument;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.stream.Collectors;

/** Limits in a table's cells. */
final class LimitWords {

    private LimitWords() {}

    static String systems(LimitDocument limit) {
        return limit.getSystems().isEmpty() ? "all" : String.join(", ", limit.getSystems());
    }

    static String actions(LimitDocument limit) {
        return limit.getActions().isEmpty()
                ? "all"
                : limit.getActions().stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    static String atOnce(LimitDocument limit) {
        return limit.getConcurrent() == null ? "" : limit.getConcurrent().toString();
    }

    static String rate(LimitDocument limit) {
        return limit.getPerWindow() == null
                ? ""
                : limit.getPerWindow().getCount() + " in "
                        + Durations.format(
                                Duration.ofMillis(limit.getPerWindow().getWindowMs()));
    }
}
