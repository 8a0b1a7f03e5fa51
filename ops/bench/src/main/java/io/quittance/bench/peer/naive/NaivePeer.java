package io.quittance.bench.peer.naive;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.DrivenContender;
import java.util.List;

/**
 * The pipeline as many would write it first, with Kafka Streams' DSL and exactly-once, on the same broker. It does no
 * more than the workflow: no policy, plan, grants, signatures, conflicts, limits, clocks or timers; a decision that
 * comes before its request is dropped by the join; a closed request stays in three tables for ever. Its records are as
 * large as the pipeline's, need no decoding and compress to next to nothing, in its favour.
 */
public final class NaivePeer implements ContenderFactory {
    @Override
    public String name() {
        return "naive";
    }

    /** Kafka is shipped with the page cache, so the two are one. */
    @Override
    public List<Durability> durabilities() {
        return List.of(Durability.AS_SHIPPED);
    }

    @Override
    public Contender start(Surroundings surroundings, Durability durability) {
        return new DrivenContender(name(), NaiveWorkflow.start(surroundings), false);
    }
}
