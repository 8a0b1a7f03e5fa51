/**
 * Random histories of the whole pure core against a model that shares none of its code: dockets of several subjects,
 * the ledger of limits between them, and a clock that is not to be trusted. Nothing here knows Kafka.
 */
@NullMarked
package io.quittance.streams.history;

import org.jspecify.annotations.NullMarked;
