package io.quittance.bench.peer;

import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.peer.camunda.CamundaPeer;
import io.quittance.bench.peer.flowable.FlowablePeer;
import io.quittance.bench.peer.naive.NaivePeer;
import io.quittance.bench.peer.postgres.PostgresPeer;
import java.util.List;

/** All of them, in the order of the tables. */
public final class Peers {
    private Peers() {}

    public static List<ContenderFactory> all() {
        return List.of(
                PostgresPeer.batched(), PostgresPeer.byEvent(), new CamundaPeer(), new FlowablePeer(), new NaivePeer());
    }
}
