/**
 * Between bytes and the core's values: the contract's Avro records, and the rows the docket store keeps. Nothing here
 * decides anything.
 */
@NullMarked
package io.quittance.streams.codec;

import org.jspecify.annotations.NullMarked;
