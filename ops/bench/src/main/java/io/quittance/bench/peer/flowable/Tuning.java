package io.quittance.bench.peer.flowable;

/**
 * What was turned while the peer was tuned; the README has the table.
 *
 * @param batch calls of one command, and so of one transaction
 * @param fetch jobs of one system locked at once
 * @param pollMicros pause of a party that found nothing
 * @param publishers threads that start processes
 * @param asyncThreads of the engine's own executor, which ends external worker tasks; several collide at the join, and
 *     whoever loses tries again a second later
 */
record Tuning(int batch, int fetch, int pollMicros, int publishers, int asyncThreads) {
    static Tuning fromProperties() {
        return new Tuning(
                Integer.getInteger("peer.flowable.batch", 20),
                Integer.getInteger("peer.flowable.fetch", 40),
                Integer.getInteger("peer.flowable.poll", 2000),
                Integer.getInteger("peer.flowable.publishers", 1),
                Integer.getInteger("peer.flowable.async", 1));
    }
}
