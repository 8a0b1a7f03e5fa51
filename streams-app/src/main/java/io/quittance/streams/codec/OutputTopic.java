package io.quittance.streams.codec;

/** What the pipeline writes to. */
public enum OutputTopic {
    APPROVALS,
    TASKS,
    REVOCATIONS,
    AUDIT,
    NOTIFICATIONS,
    LIMIT_CLAIMS,
    LIMIT_PERMITS,
    DEAD_LETTERS,
    /** An input topic, for a record that came under the wrong key. */
    FORWARDED
}
