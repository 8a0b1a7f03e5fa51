package io.quittance.bench.peer.camunda;

/**
 * What was turned while the peer was tuned; the README has the table.
 *
 * @param batch calls of one command, and so of one transaction
 * @param fetch external tasks locked at once
 * @param pollMicros pause of a party that found nothing
 * @param publishers threads that start processes
 */
record Tuning(int batch, int fetch, int pollMicros, int publishers) {
    static Tuning fromProperties() {
        return new Tuning(
                Integer.getInteger("peer.camunda.batch", 20),
                Integer.getInteger("peer.camunda.fetch", 80),
                Integer.getInteger("peer.camunda.poll", 2000),
                Integer.getInteger("peer.camunda.publishers", 1));
    }
}
