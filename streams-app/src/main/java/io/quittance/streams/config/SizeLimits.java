package io.quittance.streams.config;

/**
 * How large a value may be, in bytes. What is larger is refused at the door, for an oversized record would stop the
 * task at its changelog.
 *
 * @param inputValue a record of an input topic
 * @param storedValue what is kept of one subject, in a value of a state store
 */
public record SizeLimits(int inputValue, int storedValue) {}
