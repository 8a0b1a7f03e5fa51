/**
 * The pure core: {@link io.quittance.streams.domain.Decider} turns a docket, a command and a time into events and
 * effects. Knows no Kafka, no Avro, no clock and no logger.
 */
@NullMarked
package io.quittance.streams.domain;

import org.jspecify.annotations.NullMarked;
