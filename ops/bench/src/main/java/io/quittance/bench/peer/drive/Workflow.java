package io.quittance.bench.peer.drive;

import io.quittance.bench.contender.Measured;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A peer, as the driver sees it. */
public interface Workflow extends AutoCloseable {
    /** Systems of the data map, in which each request has a task. */
    List<String> SYSTEMS = List.of("crm", "orders", "mail", "files");

    /** As {@link io.quittance.bench.contender.Contender#inFlight}. */
    default int inFlight(int usual) {
        return usual;
    }

    /** The most requests that are worth one call of {@link #submit}. */
    int submitBatch();

    /** Threads that publish. */
    int publishers();

    /** Takes requests in; returns when they are kept. Called by {@link #publishers} threads at once. */
    void submit(List<UUID> requests) throws Exception;

    /** Everybody else, for one run; they tell the tally what they see. */
    List<Party> parties(Tally tally);

    /** Called before each run, while nobody works: collects statistics, say. */
    void settle() throws Exception;

    /** Processor time used so far by processes other than this one, in nanoseconds. */
    long serverCpuNanos();

    /**
     * What all runs since the last {@link #settle} cost on the log; null where there is none.
     *
     * @param requests submitted since then
     */
    default Measured.@Nullable LogCost logCost(long requests) {
        return null;
    }

    @Override
    void close();
}
