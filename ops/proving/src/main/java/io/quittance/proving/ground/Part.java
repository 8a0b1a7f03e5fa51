package io.quittance.proving.ground;

import java.nio.file.Path;
import java.util.List;

/** One process of the ground. It keeps its name, address, port and files over all its restarts. */
public interface Part {
    /** What a part does. */
    enum Kind {
        BROKER,
        APP,
        WORKER,
        POSTGRES,
        S3,
        REGISTRY
    }

    /** Unique in the ground: {@code broker-1}, {@code app-2}, {@code postgres}, … */
    String name();

    Kind kind();

    /** Of the process that runs now, or ran last. */
    long pid();

    boolean alive();

    /** Starts it and returns when it answers; nothing when it runs. */
    void start();

    /** As a power cut would: nothing is flushed, nobody is told. Returns when the process is gone. */
    void kill();

    /** Asks it to end in order, as an upgrade does; kills it when it does not within its time. */
    void stop();

    /** Stops it in its tracks (SIGSTOP): connections stay open, nothing is answered. */
    void pause();

    /** Lets it go on after {@link #pause}. */
    void resume();

    /** All it printed, over all restarts. */
    List<Path> logs();
}
