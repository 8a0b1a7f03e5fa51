package io.quittance.executor.connect;

import io.quittance.executor.run.Window;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Stops fetching while too much is unanswered. Belongs to the thread that Connect calls a task on. */
final class Intake {
    private boolean paused;

    boolean isPaused() {
        return paused;
    }

    void regulate(SinkTaskContext context, Window window) {
        if (window.isFull() && !paused) {
            context.pause(array(context.assignment()));
            paused = true;
        } else if (paused && window.hasRoomAgain()) {
            context.resume(array(context.assignment()));
            paused = false;
        }
    }

    /**
     * Connect pauses a partition that comes back if it was paused when it went, even if fetching has gone on since:
     * while a rebalance runs nothing is assigned, and so nothing was there to be resumed.
     */
    void opened(SinkTaskContext context, Collection<TopicPartition> partitions) {
        if (paused) {
            context.pause(array(partitions));
        } else {
            context.resume(array(partitions));
        }
    }

    private static TopicPartition[] array(Collection<TopicPartition> partitions) {
        return partitions.toArray(TopicPartition[]::new);
    }
}
