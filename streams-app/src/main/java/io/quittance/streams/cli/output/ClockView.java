package io.quittance.streams.cli.output;

import io.quittance.schema.ClockRunning;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The statutory clock of a request, for people. */
final class ClockView {

    private ClockView() {}

    /** When the request is due, and how long that is from now. */
    static void print(Output out, @Nullable ClockRunning clock, Instant now) {
        if (clock == null) {
            return;
        }
        out.line("Due         " + due(clock, now) + " (" + clock.getArticle() + ")");
        clock.getExtensions()
                .forEach(given -> out.line("Extended    " + given.getAt() + " to " + given.getDueAt() + " by "
                        + given.getBy() + ": " + given.getReason()));
        if (clock.getAcknowledgeBy() != null) {
            out.line("Receipt     " + receipt(clock.getAcknowledgeBy(), clock.getAcknowledgedAt()));
        }
    }

    private static String due(ClockRunning clock, Instant now) {
        if (clock.getStartedAt() == null) {
            return "the time to answer has not begun to run";
        }
        if (clock.getDueAt() == null) {
            return "paused since " + clock.getPausedSince();
        }
        if (clock.getMissed() || (clock.getStoppedAt() == null && now.isAfter(clock.getDueAt()))) {
            return clock.getDueAt() + ", missed";
        }
        if (clock.getStoppedAt() != null) {
            return clock.getDueAt() + ", kept with " + left(clock.getStoppedAt(), clock.getDueAt()) + " left";
        }
        return clock.getDueAt() + ", " + left(now, clock.getDueAt()) + " left";
    }

    private static String receipt(Instant by, @Nullable Instant acknowledged) {
        return acknowledged == null ? "to be confirmed by " + by : "confirmed " + acknowledged;
    }

    private static String left(Instant from, Instant to) {
        Duration left = Duration.between(from, to);
        return left.toDays() > 0 ? left.toDays() + "d" : left.toHours() + "h";
    }
}
