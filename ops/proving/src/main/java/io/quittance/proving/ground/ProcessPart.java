package io.quittance.proving.ground;

import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A part, whatever it runs. */
final class ProcessPart implements Part {
    private static final Duration GONE_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final Kind kind;
    private final Reaper reaper;
    private final Starter starter;
    private final List<Path> logs;
    private volatile @Nullable Process process;

    /** How a part is started. */
    @FunctionalInterface
    interface Starter {
        /** Starts the process and returns when it answers. */
        Process start();
    }

    ProcessPart(String name, Kind kind, Reaper reaper, Starter starter, Path... logs) {
        this.name = name;
        this.kind = kind;
        this.reaper = reaper;
        this.starter = starter;
        this.logs = List.of(logs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long pid() {
        return last().pid();
    }

    @Override
    public boolean alive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    @Override
    public synchronized void start() {
        if (!alive()) {
            process = starter.start();
        }
    }

    @Override
    public synchronized void kill() {
        Process ended = last();
        // With what it started: the machine that loses its power runs nothing on.
        List<ProcessHandle> family = ended.descendants().toList();
        ended.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        bury(ended, family);
    }

    @Override
    public synchronized void stop() {
        Process ended = last();
        List<ProcessHandle> family = ended.descendants().toList();
        ended.destroy();
        try {
            if (!ended.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                ended.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while %s stopped".formatted(name), e);
        }
        bury(ended, family);
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public List<Path> logs() {
        return logs;
    }

    @Override
    public String toString() {
        return name;
    }

    private Process last() {
        Process last = process;
        if (last == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return last;
    }

    private void signal(String signal) {
        Commands.run("kill", "-" + signal, Long.toString(pid()));
    }

    private void bury(Process ended, List<ProcessHandle> family) {
        Awaiting.until(
                name + " is gone",
                GONE_LIMIT,
                () -> !ended.isAlive() && family.stream().noneMatch(ProcessHandle::isAlive));
        try {
            ended.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // Nobody reads it any more.
        }
        reaper.end(ended.toHandle());
    }
}
