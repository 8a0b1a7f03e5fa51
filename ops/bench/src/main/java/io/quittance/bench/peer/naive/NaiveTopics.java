package io.quittance.bench.peer.naive;

import io.quittance.bench.peer.drive.Workflow;
import java.util.List;
import java.util.stream.Stream;

/** Its topics, all with the same partitions. */
final class NaiveTopics {
    static final int PARTITIONS = 2;
    static final String PREFIX = "naive.";
    static final String REQUESTS = PREFIX + "requests";
    static final String APPROVALS = PREFIX + "approvals";
    static final String DECISIONS = PREFIX + "decisions";
    static final String COMPLETIONS = PREFIX + "completions";
    static final String AUDIT = PREFIX + "audit";
    private static final String TASKS = PREFIX + "tasks.";

    private NaiveTopics() {}

    static String tasks(int system) {
        return TASKS + Workflow.SYSTEMS.get(system);
    }

    static List<String> tasks() {
        return Workflow.SYSTEMS.stream().map(system -> TASKS + system).toList();
    }

    /** What comes out of the application. */
    static List<String> read() {
        return Stream.concat(Stream.of(APPROVALS, AUDIT), tasks().stream()).toList();
    }

    static List<String> all() {
        return Stream.concat(Stream.of(REQUESTS, DECISIONS, COMPLETIONS), read().stream())
                .toList();
    }
}
