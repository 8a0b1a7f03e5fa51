package io.quittance.proving.sabotage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Mistakes that somebody could make. */
public enum PlantedBug {
    EOS_OFF(
            "at least once instead of exactly once, and nobody is fenced",
            Where.APP,
            List.of("kill-app", "pause-app"),
            "A2"),
    READ_UNCOMMITTED("executors act on what is not committed", Where.WORKER, List.of("kill-app", "pause-app"), "A3"),
    LIMIT_OFF_BY_ONE("one more than the limit allows", Where.APP, List.of("slow-target"), "A4"),
    SWALLOWED_REQUEST("every twentieth request is dropped in silence", Where.APP, List.of(), "A1"),
    LOST_REVOCATION("revocations are decided and never written", Where.APP, List.of(), "A3"),
    WINDOW_UNCHECKED(
            "executors do not look whether the grant's window is open", Where.WORKER, List.of("kill-worker"), "A3"),
    DROPPED_TIMER("every third timer is forgotten", Where.APP, List.of(), "A7"),
    DOUBLE_TASK("every tenth task goes out twice", Where.APP, List.of(), "A2"),
    LYING_AUDIT("the audit tells one row less than was erased", Where.APP, List.of(), "A6"),
    SURVIVING_ROWS(
            "every tenth erasure of a table leaves its rows, and nobody looks again", Where.WORKER, List.of(), "A5"),
    SWALLOWED_DEAD_LETTER("records that cannot be read are dropped in silence", Where.APP, List.of("poison"), "A8"),
    LOGGED_RECORD("every fiftieth record is printed into the log", Where.APP, List.of(), "A9");

    private final String description;
    private final Where where;
    private final List<String> faults;
    private final String promise;

    PlantedBug(String description, Where where, List<String> faults, String promise) {
        this.description = description;
        this.where = where;
        this.faults = faults;
        this.promise = promise;
    }

    /** Which processes it is planted into. */
    public enum Where {
        APP,
        WORKER
    }

    /** As on the command line and in the table. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    public Where where() {
        return where;
    }

    /** Kinds of fault that bring it out; none if it shows without. */
    public List<String> faults() {
        return faults;
    }

    /** The promise that it breaks whatever else it breaks; others may break of a slow machine, too. */
    public String promise() {
        return promise;
    }

    /** @throws IllegalArgumentException that names all, if there is none of that id */
    public static PlantedBug of(String id) {
        return Arrays.stream(values())
                .filter(bug -> bug.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no planted bug is called " + id + "; there are "
                        + Arrays.stream(values()).map(PlantedBug::id).collect(Collectors.joining(", "))));
    }
}
