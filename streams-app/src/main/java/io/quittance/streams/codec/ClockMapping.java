package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.ClockRunning;
import io.quittance.schema.ExtensionMade;
import io.quittance.streams.domain.clock.StatutoryClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request's statutory clock, as the audit shows it. */
final class ClockMapping {
    private ClockMapping() {}

    static @Nullable ClockRunning clock(@Nullable StatutoryClock clock, Instant at) {
        return clock == null
                ? null
                : ClockRunning.newBuilder()
                        .setRegime(clock.regime())
                        .setArticle(clock.article())
                        .setStartedAt(clock.startedAt())
                        .setDueAt(clock.isPaused() ? null : clock.dueAt())
                        .setFirstDueAt(clock.firstDueAt())
                        .setPausedSince(clock.pausedSince())
                        .setExtensions(each(clock.extensions(), ClockMapping::extension))
                        .setAcknowledgeBy(clock.acknowledgeBy())
                        .setAcknowledgedAt(clock.acknowledgedAt())
                        .setStoppedAt(clock.stoppedAt())
                        .setMissed(clock.hasRunOut(at))
                        .build();
    }

    private static ExtensionMade extension(StatutoryClock.ExtensionGiven given) {
        return new ExtensionMade(given.by(), given.reason(), given.at(), given.dueAt());
    }
}
