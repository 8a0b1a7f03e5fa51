package io.quittance.streams.cli.output;

import io.quittance.schema.Alternative;
import io.quittance.schema.Ask;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.stream.Collectors;

/** Whom a rule asks, in words. */
final class AskView {

    private AskView() {}

    static String text(Ask ask) {
        String who = ask.getAnyOf().isEmpty()
                ? ask.getCount() + " of " + ask.getGroup()
                : ask.getAnyOf().stream().map(AskView::way).collect(Collectors.joining(", or "));
        return who + ", to be answered within "
                + Durations.format(Duration.ofMillis(ask.getAnswerWithinMs())) + "; silence means "
                + ask.getOnSilence();
    }

    private static String way(Alternative way) {
        return way.getAllOf().stream()
                .map(one -> one.getCount() + " of " + one.getGroup() + (one.getMachine() ? " (a machine)" : "")
                        + (one.getWhen() == null ? "" : " where " + one.getWhen()))
                .collect(Collectors.joining(" and "));
    }
}
