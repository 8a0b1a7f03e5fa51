/**
 * Thin Kafka Streams processors: decode, load, decide, store, forward. What follows from a record is decided in the
 * domain; where it goes is wired in the topology.
 */
@NullMarked
package io.quittance.streams.processor;

import org.jspecify.annotations.NullMarked;
