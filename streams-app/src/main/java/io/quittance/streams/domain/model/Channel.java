package io.quittance.streams.domain.model;

/** Which door a request came through. */
public enum Channel {
    UNKNOWN,
    DASHBOARD,
    INTERNAL_CALL,
    SCHEDULED_JOB
}
