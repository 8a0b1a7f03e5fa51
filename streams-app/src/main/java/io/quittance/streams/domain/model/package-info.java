/**
 * The nouns of the pipeline as immutable values. Nothing here decides anything, and nothing here knows Kafka or Avro.
 */
@NullMarked
package io.quittance.streams.domain.model;

import org.jspecify.annotations.NullMarked;
