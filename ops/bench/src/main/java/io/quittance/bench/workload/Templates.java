package io.quittance.bench.workload;

import io.quittance.bench.pipeline.Pipeline;
import io.quittance.bench.pipeline.Traffic;
import io.quittance.bench.prefill.Rows;
import io.quittance.bench.wire.Inbound;
import io.quittance.harness.HarnessException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests brought to where they are wanted, so that the rows of their subjects can be copied. */
public final class Templates {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Longer than the application lets a change wait before it is on the changelog. */
    private static final Duration COMMITTED = Duration.ofMillis(500);

    private final Pipeline pipeline;
    private int policyVersion = 1;

    /** @param pipeline with an instance at work */
    public Templates(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Rows of a request that waits for its approval.
     *
     * @param answerBy when it will expire, in epoch milliseconds
     */
    record Waiting(Rows rows, long answerBy) {}

    /** @param answerWithin how long approvers have from now on */
    Waiting waiting(Duration answerWithin) {
        pipeline.documents().policy(++policyVersion, answerWithin);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            int number = pipeline.take(1);
            Inbound.Prompt prompt = prompt(number, deadline);
            long within = prompt.answerBy() - pipeline.lab().clock().millis();
            // Until the new policy is in force.
            if (Math.abs(within - answerWithin.toMillis()) < TimeUnit.SECONDS.toMillis(5)) {
                pipeline.parties().idle(COMMITTED);
                return new Waiting(Rows.of(pipeline, number), prompt.answerBy());
            }
        }
        throw new HarnessException("a changed policy has not come into force within %s".formatted(LIMIT));
    }

    /** Rows of a subject whose one request is closed. */
    Rows closed() {
        int number = pipeline.take(1);
        var answering = new Answering(number);
        pipeline.parties().submit(number);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!answering.closed && System.nanoTime() < deadline) {
            pipeline.parties().poll(answering);
        }
        pipeline.parties().idle(COMMITTED);
        return Rows.of(pipeline, number);
    }

    private Inbound.Prompt prompt(int number, long deadline) {
        var listening = new Listening(number);
        pipeline.parties().submit(number);
        while (System.nanoTime() < deadline) {
            pipeline.parties().poll(listening);
            if (listening.prompt != null) {
                return listening.prompt;
            }
        }
        throw new HarnessException("a request was not prompted for within %s".formatted(LIMIT));
    }

    /** Approves and completes one request. */
    private final class Answering implements Traffic {
        private final int wanted;
        private boolean closed;

        Answering(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {
            if (number == wanted) {
                pipeline.parties().approve(number, prompt);
            }
        }

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {
            pipeline.parties().complete(number, system, task);
        }

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {
            closed |= number == wanted && audit.fulfilled();
        }
    }

    /** Waits for one prompt. */
    private static final class Listening implements Traffic {
        private final int wanted;
        private Inbound.@Nullable Prompt prompt;

        Listening(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void prompted(int number, Inbound.Prompt seen, long at) {
            if (number == wanted) {
                prompt = seen;
            }
        }

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {}

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {}
    }
}
