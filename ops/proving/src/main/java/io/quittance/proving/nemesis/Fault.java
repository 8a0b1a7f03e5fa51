package io.quittance.proving.nemesis;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of fault. */
public enum Fault {
    KILL_BROKER(Victims.ARE_ENDED, "kill -9 of a broker, started again"),
    KILL_APP(Victims.ARE_ENDED, "kill -9 of an application instance, started again"),
    KILL_WORKER(Victims.ARE_ENDED, "kill -9 of a Connect worker, started again"),
    KILL_POSTGRES(Victims.ARE_ENDED, "kill -9 of PostgreSQL, started again"),
    KILL_S3(Victims.ARE_ENDED, "kill -9 of the object store, started again"),
    KILL_REGISTRY(Victims.ARE_ENDED, "kill -9 of the schema registry, started again"),
    PAUSE_APP("an instance stands still for longer than its session and its transactions last"),
    PAUSE_BROKER("a broker stands still for longer than its session lasts"),
    PAUSE_WORKER("a Connect worker stands still for longer than its session lasts"),
    LEADER_LOSS("the leaders of all partitions move"),
    PARTITION("two parts cannot reach each other"),
    DISK_FULL(Victims.MAY_STOP, "an instance's state directory is full"),
    STATE_LOST(Victims.ARE_ENDED, "an instance starts again without its state directory"),
    SLOW_TARGET("the database answers slowly"),
    COMMIT_THEN_DROP("the database commits, and the connection ends before the client hears of it"),
    REGISTRY_DOWN(Victims.ARE_ENDED, "the schema registry is away for a while"),
    CLOCK_STEP("an instance's clock jumps"),
    ROLLING_UPGRADE(Victims.ARE_ENDED, "each instance is stopped in order and started again, one after the other"),
    FLOOD("a publisher floods the pipeline"),
    POISON("records that cannot be read, or make no sense");

    private final Victims victims;
    private final String description;

    /** What becomes of the processes that it befalls. */
    enum Victims {
        RUN_ON,
        /** The fault ends them, and its end starts them again. */
        ARE_ENDED,
        /** They may stop themselves: then their supervisor starts them again. */
        MAY_STOP
    }

    Fault(String description) {
        this(Victims.RUN_ON, description);
    }

    Fault(Victims victims, String description) {
        this.victims = victims;
        this.description = description;
    }

    Victims victims() {
        return victims;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** As on the command line and in the table: {@code kill-broker}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The fault of this id.
     *
     * @throws IllegalArgumentException that names all ids, when there is none
     */
    public static Fault of(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault is called %s; there are %s"
                        .formatted(id, Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", ")))));
    }
}
