package io.quittance.bench.pipeline;

import io.quittance.bench.wire.Inbound;

/** What is done about what comes out of the pipeline. Times are {@link System#nanoTime} of when it was visible. */
public interface Traffic {
    /** For what is nobody's. */
    Traffic IGNORED = new Traffic() {
        @Override
        public void prompted(int number, Inbound.Prompt prompt, long at) {}

        @Override
        public void tasked(int number, int system, Inbound.Task task, long at) {}

        @Override
        public void closed(int number, Inbound.Audit audit, long at) {}
    };

    /** An approver sees that a decision is wanted. */
    void prompted(int number, Inbound.Prompt prompt, long at);

    /**
     * An executor sees its work, for the first time.
     *
     * @param system index in {@link PipelineOptions#SYSTEMS}
     */
    void tasked(int number, int system, Inbound.Task task, long at);

    /** The request is closed, for the first time, in whatever state. */
    void closed(int number, Inbound.Audit audit, long at);

    /** Whether nothing more is waited for. */
    default boolean isOver() {
        return true;
    }
}
