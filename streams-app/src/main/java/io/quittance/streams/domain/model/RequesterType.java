package io.quittance.streams.domain.model;

/** Who or what makes a request. */
public enum RequesterType {
    UNKNOWN,
    SUBJECT,
    AGENT,
    STAFF,
    SYSTEM
}
