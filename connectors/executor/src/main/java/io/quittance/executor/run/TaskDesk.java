package io.quittance.executor.run;

import io.quittance.executor.run.Window.Place;
import io.quittance.schema.Completion;
import io.quittance.schema.Task;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes delivered records in and sees each through to an acknowledged answer. Never blocks its caller. */
public final class TaskDesk {
    private static final Logger log = LoggerFactory.getLogger(TaskDesk.class);

    private final Window window;
    private final Lanes lanes;
    private final TaskReader reader;
    private final TaskExecution execution;
    private final Publisher publisher;

    public TaskDesk(Window window, Lanes lanes, TaskReader reader, TaskExecution execution, Publisher publisher) {
        this.window = window;
        this.lanes = lanes;
        this.reader = reader;
        this.execution = execution;
        this.publisher = publisher;
    }

    /** @param lane the subject; records of one lane are worked on one after the other */
    public void accept(String lane, DeliveredRecord delivered) {
        window.admit(new TopicPartition(delivered.topic(), delivered.partition()), delivered.offset())
                .ifPresent(place -> lanes.submit(lane, () -> work(place, delivered)));
    }

    /** Lets running work finish for a while, then interrupts it. What is unanswered will be redelivered. */
    public boolean stop(Duration patience, Duration afterInterrupt) {
        return lanes.stop(patience, afterInterrupt);
    }

    private void work(Place place, DeliveredRecord delivered) throws InterruptedException {
        if (!window.holds(place)) {
            return;
        }
        Optional<Task> task = reader.read(delivered);
        if (task.isPresent()) {
            answer(task.get(), delivered);
        } else {
            publisher.publish(reader.deadLetter(delivered));
            log.atWarn().addKeyValue("record", delivered).log("record undecodable, dead-lettered");
        }
        window.answer(place);
    }

    private void answer(Task task, DeliveredRecord delivered) throws InterruptedException {
        Completion completion = publisher.publish(execution.carryOut(task, delivered.size()));
        log.atInfo()
                .addKeyValue("task", task.getTaskId())
                .addKeyValue("attempt", task.getAttempt())
                .addKeyValue("action", task.getAction())
                .addKeyValue("status", completion.getStatus())
                .addKeyValue("code", completion.getCode())
                .log("task answered");
    }
}
