package io.quittance.bench.peer.flowable;

/**
 * What was turned while the peer was tuned; the README has the table.
 *
 * @param batch calls of one command, and so of one transaction
 * @param pollMicros pause of a party that found nothing
 * @param publishers threads that start processes
 */
record Tuning(int batch, int pollMicros, int publishers) {
    static Tuning fromProperties() {
        return new Tuning(
                Integer.getInteger("peer.flowable.batch", 20),
                Integer.getInteger("peer.flowable.poll", 2000),
                Integer.getInteger("peer.flowable.publishers", 1));
    }
}
