package io.quittance.executor.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.run.Window;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final TopicPartition ONE = new TopicPartition("tasks", 0);
    private static final TopicPartition OTHER = new TopicPartition("tasks", 1);

    private final Worker worker = new Worker();
    private final Window window = new Window(2);
    private final Intake intake = new Intake();

    @Test
    void fetchingStopsWhileTooMuchIsUnanswered() {
        assign(ONE, OTHER);
        var first = window.admit(ONE, 1).orElseThrow();
        window.admit(OTHER, 1);
        intake.regulate(worker, window);
        assertThat(worker.paused).containsExactlyInAnyOrder(ONE, OTHER);

        window.answer(first);
        intake.regulate(worker, window);
        assertThat(worker.paused).isEmpty();
    }

    @Test
    void whatIsAssignedMeanwhileIsNotFetchedEither() {
        assign(ONE);
        fill(ONE);

        assign(ONE, OTHER);

        assertThat(worker.paused).containsExactlyInAnyOrder(ONE, OTHER);
    }

    /** Between the two assignments of a rebalance Connect calls the task without any partition. */
    @Test
    void whatWasPausedWhenItWentIsFetchedWhenItComesBack() {
        assign(ONE, OTHER);
        fill(ONE);
        window.forget(List.of(ONE, OTHER));
        worker.assigned = Set.of();
        intake.regulate(worker, window);

        assign(ONE);

        assertThat(worker.paused).isEmpty();
    }

    private void fill(TopicPartition partition) {
        window.admit(partition, 1);
        window.admit(partition, 2);
        intake.regulate(worker, window);
    }

    private void assign(TopicPartition... partitions) {
        worker.assigned = Set.of(partitions);
        worker.paused.retainAll(worker.assigned);
        intake.opened(worker, worker.assigned);
    }

    /** As much of {@code WorkerSinkTaskContext} as matters: what was paused stays so until it is resumed by name. */
    private static final class Worker implements SinkTaskContext {
        private final Set<TopicPartition> paused = new HashSet<>();
        private Set<TopicPartition> assigned = Set.of();

        @Override
        public Set<TopicPartition> assignment() {
            return assigned;
        }

        @Override
        public void pause(TopicPartition... partitions) {
            paused.addAll(ours(List.of(partitions)));
        }

        @Override
        public void resume(TopicPartition... partitions) {
            ours(List.of(partitions)).forEach(paused::remove);
        }

        private Collection<TopicPartition> ours(Collection<TopicPartition> partitions) {
            assertThat(assigned).containsAll(partitions);
            return partitions;
        }

        @Override
        public Map<String, String> configs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long millis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requestCommit() {
            throw new UnsupportedOperationException();
        }
    }
}
