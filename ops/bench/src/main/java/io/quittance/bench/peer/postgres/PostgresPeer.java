package io.quittance.bench.peer.postgres;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerDatabase;
import java.util.List;

/**
 * The workflow on PostgreSQL: a row per request, decision and task, an audit row when it is approved and when it is
 * closed; executors claim batches with {@code FOR UPDATE SKIP LOCKED}.
 *
 * <p>It does less than the pipeline, all in its favour: no policy is judged (the plan's hash is a constant), grants are
 * two timestamps and nobody signs or checks them, no identity proof, no limits, no conflicts between requests of one
 * subject, no statutory clock, no timers. An executor holds its rows locked while it works, which only an executor that
 * answers at once can; others would have to lease them, with one more update and commit.
 *
 * <p>There are two of it. {@link #batched} takes a hundred requests or decisions in one commit, as from a queue;
 * {@link #byEvent} commits each by itself, as a service behind HTTP does.
 */
public final class PostgresPeer implements ContenderFactory {
    private final String name;
    private final Tuning tuning;

    private PostgresPeer(String name, Tuning tuning) {
        this.name = name;
        this.tuning = tuning;
    }

    public static PostgresPeer batched() {
        return new PostgresPeer("postgres", Tuning.fromProperties());
    }

    public static PostgresPeer byEvent() {
        return new PostgresPeer("postgres-by-event", Tuning.fromProperties().byEvent());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Durability> durabilities() {
        return List.of(Durability.AS_SHIPPED, Durability.EQUAL);
    }

    @Override
    public Contender start(Surroundings surroundings, Durability durability) {
        var database = PeerDatabase.start(surroundings, durability);
        return new DrivenContender(name(), PostgresWorkflow.create(database, tuning), false);
    }
}
