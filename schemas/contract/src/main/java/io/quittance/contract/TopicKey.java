package io.quittance.contract;

/** What the key of a topic's records means. Every key is a UTF-8 string. */
public enum TopicKey {
    SUBJECT("`subject_id`", PartitionRule.SHARED),
    REQUEST("`request_id`", PartitionRule.FREE),
    POLICY("policy name, or `name@version`", PartitionRule.ONE),
    SYSTEM("system name", PartitionRule.ONE),
    LIMIT("limit name", PartitionRule.ONE),
    FREEZE("freeze name", PartitionRule.ONE),
    CLAIM("`claim_id`", PartitionRule.ONE),
    SOURCE_TOPIC("topic the record came from", PartitionRule.FREE);

    private final String meaning;
    private final PartitionRule partitions;

    TopicKey(String meaning, PartitionRule partitions) {
        this.meaning = meaning;
        this.partitions = partitions;
    }

    /** For people, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** How many partitions a topic with such a key has. */
    public PartitionRule partitions() {
        return partitions;
    }

    /** How many partitions a topic has. */
    public enum PartitionRule {
        /** The count that all topics keyed by subject share, so that one subject's events meet in one partition. */
        SHARED,
        /** Exactly one: a small table that every reader takes whole, or records that need one order. */
        ONE,
        /** Any count; created with the shared one. */
        FREE
    }
}
