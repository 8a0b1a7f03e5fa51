/**
 * Records of the contract as bytes, read and written without objects: the driver shares two cores with what it
 * measures.
 */
@NullMarked
package io.quittance.bench.wire;

import org.jspecify.annotations.NullMarked;
