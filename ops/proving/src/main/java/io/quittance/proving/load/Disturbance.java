package io.quittance.proving.load;

/** Faults that are published rather than done to a process. Everything published so is in the history as well. */
public interface Disturbance {
    /** Publishes as fast as the brokers take it, until it is closed. */
    Flood flood();

    /**
     * Publishes records of every sort that cannot be read or make no sense, to every topic that is read.
     *
     * @param seed of the choice
     */
    void poison(long seed);

    /** A flood that goes on. */
    @FunctionalInterface
    interface Flood extends AutoCloseable {
        /** Ends it; returns when the last record is acknowledged. */
        @Override
        void close();
    }
}
