/**
 * The contract's topics as an ordinary client sees them: append, read to the end, look up, follow, create; and their
 * schemas in the registry. The interfaces are what commands use; the classes over Kafka's and Confluent's clients are
 * their only implementation outside of tests.
 */
@NullMarked
package io.quittance.streams.cli.kafka;

import org.jspecify.annotations.NullMarked;
