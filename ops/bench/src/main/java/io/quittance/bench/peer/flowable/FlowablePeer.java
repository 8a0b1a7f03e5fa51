package io.quittance.bench.peer.flowable;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerDatabase;
import java.util.List;

/**
 * The workflow on Flowable: a message starts the process, a receive task waits for the decision, four receive tasks in
 * parallel wait for the executors, the process ends. History level {@code audit}, without which nobody could say who
 * approved and what became of each task.
 *
 * <p>It does less than the pipeline: no policy, no plan, no checked grants or signatures, no limits, conflicts or
 * statutory clock. In its favour: the engine runs in the JVM of its clients, so nothing is paid for HTTP; clients put
 * many calls into one command and so one transaction, which only code inside the engine's JVM can; one thread serves
 * all systems. Tasks are receive tasks rather than external worker tasks: those lock a job row, and end in a further
 * asynchronous job each, which costs several times as much (the README says how much).
 */
public final class FlowablePeer implements ContenderFactory {
    @Override
    public String name() {
        return "flowable";
    }

    @Override
    public List<Durability> durabilities() {
        return List.of(Durability.AS_SHIPPED, Durability.EQUAL);
    }

    @Override
    public Contender start(Surroundings surroundings, Durability durability) {
        var database = PeerDatabase.start(surroundings, durability);
        return new DrivenContender(name(), FlowableWorkflow.create(database, Tuning.fromProperties()), true);
    }
}
