package io.quittance.bench.contender;

/** When a commit counts as kept. */
public enum Durability {
    /**
     * As the software is shipped: PostgreSQL waits for the disk at each commit, Kafka for the page cache (it relies on
     * replicas).
     */
    AS_SHIPPED("as shipped"),
    /** The page cache for all: PostgreSQL with {@code fsync=off} and {@code synchronous_commit=off}. */
    EQUAL("equal");

    private final String label;

    Durability(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
