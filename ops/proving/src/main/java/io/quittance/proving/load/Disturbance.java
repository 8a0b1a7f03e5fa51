package io.quittance.proving.load;

/** Faults that are published rather than done to a process. Everything published so is in the history as well. */
public interface Disturbance {
    /** Publishes many times the load, until it is closed. */
    Flood flood();

    /**
     * Publishes records of every sort that cannot be read, to every topic that the application reads by subject.
     *
     * @param seed of the choice
     */
    void poison(long seed);

    /** A flood that goes on. */
    @FunctionalInterface
    interface Flood extends AutoCloseable {
        /** Begins nothing more of it. */
        @Override
        void close();
    }
}
