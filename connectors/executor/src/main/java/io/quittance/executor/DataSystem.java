package io.quittance.executor;

import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Task;
import java.util.List;

/** One system that holds personal data, as its executor sees it. Thread-safe. */
public interface DataSystem extends AutoCloseable {
    /**
     * Carries out one task, whole. Called only for a task that has passed the grant check, whose action is known, and
     * whose datasets all have a value for their identifier. Idempotent: a task may come more than once.
     *
     * @return one outcome for every dataset of the task, in the task's order
     * @throws TaskFailure when the task was refused or could not be done; nothing may be half done then
     * @throws InterruptedException when the executor is stopping
     */
    List<DatasetOutcome> execute(Work work) throws TaskFailure, InterruptedException;

    /**
     * Evidence of an earlier execution of the same task under the same plan: from the system's own receipts, and from
     * the document that an export has left. Asked for when a redelivered task's grant has ended since: what was done
     * then must not be reported as refused. Never looks at the subject's data in the system.
     *
     * @return the outcomes as they were, or an empty list if the task was not carried out before
     */
    default List<DatasetOutcome> earlierOutcomes(Task task) throws TaskFailure, InterruptedException {
        return List.of();
    }

    @Override
    void close();
}
