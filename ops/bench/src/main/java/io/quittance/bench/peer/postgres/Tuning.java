package io.quittance.bench.peer.postgres;

/**
 * What was turned while the peer was tuned; the README has the table.
 *
 * @param submitBatch requests of one insert
 * @param approveBatch decisions of one transaction
 * @param claimBatch tasks of one claim
 * @param closeBatch requests closed by one statement
 * @param pollMicros pause of a party that found nothing
 * @param publishers threads that insert requests
 */
record Tuning(int submitBatch, int approveBatch, int claimBatch, int closeBatch, int pollMicros, int publishers) {
    static Tuning fromProperties() {
        return new Tuning(
                Integer.getInteger("peer.postgres.submit", 100),
                Integer.getInteger("peer.postgres.approve", 100),
                Integer.getInteger("peer.postgres.claim", 200),
                Integer.getInteger("peer.postgres.close", 200),
                Integer.getInteger("peer.postgres.poll", 1000),
                Integer.getInteger("peer.postgres.publishers", 1));
    }

    /** A commit for each request, decision and outcome; what is done is still closed in batches, in its favour. */
    Tuning byEvent() {
        return new Tuning(1, 1, 1, closeBatch, pollMicros, Math.max(4, publishers));
    }
}
