package io.quittance.streams.domain.model;

import java.time.Instant;

/** Where an input record came from, and its bytes, so that it can be handed to people if it proves senseless. */
public record Origin(String topic, int partition, long offset, Instant timestamp, Payload value) {}
