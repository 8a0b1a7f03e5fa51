package io.quittance.bench.workload;

import io.quittance.bench.pipeline.ClosedLoop;
import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.PipelineOptions;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.wire.Inbound;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * W5: one system is slow and may have two deletes at once; requests about it queue. Those about the other three are
 * measured with and without that queue, in turns.
 */
public final class SlowSystem {
    private static final String W5 = "W5";
    private static final String SLOW = "mail";
    private static final int MOST = 2;
    private static final String RATE = "closed requests per second";
    /** For requests of one turn: more than it takes. */
    private static final int NUMBERS = 100_000;

    private static final Duration TAKES = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> FAST = PipelineOptions.SYSTEMS.stream()
            .filter(system -> !system.equals(SLOW))
            .toList();

    private final Stage stage;
    private final Pipeline pipeline;

    public SlowSystem(Stage stage) {
        this.stage = stage;
        this.pipeline = stage.main();
    }

    public void run() {
        pipeline.documents().limit(SLOW, MOST);
        pipeline.parties().idle(Duration.ofSeconds(1));
        long doubledBefore = pipeline.parties().tally().doubled();
        long lost = 0;
        int most = 0;
        for (int round = 0; round < stage.loops().fewRounds(); round++) {
            lost += turn("alone", null);
            var queue = new SlowQueue(pipeline.take(NUMBERS));
            lost += turn("beside a slow one", queue);
            most = Math.max(most, queue.most);
            lost += queue.drain();
        }
        stage.add(W5, SLOW, "most at once", "", most);
        stage.add(W5, SLOW, "limit", "", MOST);
        double part = stage.results().median(W5, "beside a slow one", RATE).orElse(Double.NaN)
                / stage.results().median(W5, "alone", RATE).orElse(Double.NaN);
        stage.add(W5, "beside a slow one", "part of the rate alone", "", part);
        Correctness.add(
                stage, W5, Stage.PIPELINE, lost, pipeline.parties().tally().doubled() - doubledBefore);
    }

    private long turn(String contender, @Nullable SlowQueue queue) {
        var loop = new ClosedLoop(pipeline.parties(), pipeline.take(NUMBERS), FAST);
        stage.awaitQuiet();
        Traffic front = queue == null ? loop : queue.inFrontOf(loop);
        Runnable tick = queue == null ? () -> {} : queue::tick;
        loop.fill(stage.loops().inFlight());
        if (queue != null) {
            queue.fill();
        }
        loop.runFor(stage.loops().warmUp(), front, tick);
        long closedBefore = loop.closed();
        long startedAt = System.nanoTime();
        loop.runFor(stage.loops().measured(), front, tick);
        double rate = (loop.closed() - closedBefore) / ((System.nanoTime() - startedAt) / 1e9);
        stage.add(W5, contender, RATE, "/s", rate);
        loop.drain(front, tick);
        return loop.lost();
    }

    /**
     * The slow system's executor, and a queue of requests about it that never runs empty while something is measured.
     */
    private final class SlowQueue implements Traffic {
        private static final int QUEUED = 100;

        private final int first;
        private final Queue<Work> atWork = new ArrayDeque<>();
        private Traffic others = Traffic.IGNORED;
        private int next;
        private int open;
        private int unfulfilled;
        private int most;
        private boolean submitting = true;

        private record Work(int number, int system, Inbound.Task task, long done) {}

        SlowQueue(int first) {
            this.first = first;
            this.next = first;
        }

        SlowQueue inFrontOf(Traffic traffic) {
            others = traffic;
            return this;
        }

        void fill() {
            while (open < QUEUED) {
                pipeline.parties().submit(next++, List.of(SLOW));
                open++;
            }
        }

        /** Reports what is done. */
        void tick() {
            while (!atWork.isEmpty() && atWork.peek().done() - System.nanoTime() <= 0) {
                Work work = atWork.remove();
                pipeline.parties().complete(work.number(), work.system(), work.task());
            }
        }

        /** @return how many were not fulfilled, and dead letters meanwhile */
        long drain() {
            long deadLettersBefore = pipeline.parties().deadLetters();
            submitting = false;
            others = Traffic.IGNORED;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (open > 0 && System.nanoTime() < deadline) {
                pipeline.parties().poll(this);
                tick();
            }
            return open + unfulfilled + pipeline.parties().deadLetters() - deadLettersBefore;
        }

        private boolean isOurs(int number) {
            return number >= first && number < first + NUMBERS;
        }

        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {
            if (isOurs(number)) {
                pipeline.parties().approve(number, prompt);
            } else {
                others.prompted(number, prompt, at);
            }
        }

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {
            if (!isOurs(number)) {
                others.tasked(number, system, task, at);
                return;
            }
            atWork.add(new Work(number, system, task, at + TAKES.toNanos()));
            most = Math.max(most, atWork.size());
        }

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {
            if (!isOurs(number)) {
                others.closed(number, audit, at);
                return;
            }
            open--;
            unfulfilled += audit.fulfilled() ? 0 : 1;
            if (submitting) {
                fill();
            }
        }
    }
}
