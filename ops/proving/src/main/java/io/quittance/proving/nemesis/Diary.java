package io.quittance.proving.nemesis;

import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.JsonLines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where everything that is done to the ground is written down, and who ended without it. */
public final class Diary implements AutoCloseable {
    private final JsonLines.Writer<FaultEvent> lines;
    private final Clock clock;

    /** @param file added to; made if it is not there */
    public Diary(Path file, Clock clock) {
        this.lines = JsonLines.writer(file, FaultEvent.class);
        this.clock = clock;
    }

    /** @return the time that was written down */
    Instant write(String fault, @Nullable String target, String phase, @Nullable String detail) {
        Instant now = clock.instant();
        write(now, fault, target, phase, detail);
        return now;
    }

    void write(Instant at, String fault, @Nullable String target, String phase, @Nullable String detail) {
        lines.write(new FaultEvent(at.toEpochMilli(), fault, target, phase, detail));
    }

    @Override
    public void close() {
        lines.close();
    }
}
