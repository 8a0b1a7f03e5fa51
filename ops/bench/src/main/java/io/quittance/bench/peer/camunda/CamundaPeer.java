package io.quittance.bench.peer.camunda;

import io.quittance.bench.contender.Contender;
import io.quittance.bench.contender.ContenderFactory;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.bench.peer.drive.DrivenContender;
import io.quittance.bench.peer.drive.PeerDatabase;
import java.util.List;

/**
 * The workflow on Camunda 7: a message starts the process, a receive task waits for the decision, four external tasks
 * run in parallel, the process ends. History level {@code audit}, without which nobody could say who approved and what
 * became of each task.
 *
 * <p>It does less than the pipeline: no policy, no plan, no checked grants or signatures, no limits, conflicts or
 * statutory clock. In its favour: the engine runs in the JVM of its clients, so nothing is paid for HTTP; clients put
 * many calls into one command and so one transaction, which only code inside the engine's JVM can; one worker serves
 * all topics, so that tasks of one process do not collide at the join.
 */
public final class CamundaPeer implements ContenderFactory {
    @Override
    public String name() {
        return "camunda";
    }

    @Override
    public List<Durability> durabilities() {
        return List.of(Durability.AS_SHIPPED, Durability.EQUAL);
    }

    @Override
    public Contender start(Surroundings surroundings, Durability durability) {
        var database = PeerDatabase.start(surroundings, durability);
        return new DrivenContender(name(), CamundaWorkflow.create(database, Tuning.fromProperties()), true);
    }
}
