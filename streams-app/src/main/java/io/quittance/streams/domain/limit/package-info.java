/**
 * How much may be under way at once, or go out in a time: the limits in force, and the ledger that keeps them. Knows
 * neither dockets nor where rows are kept.
 */
@NullMarked
package io.quittance.streams.domain.limit;

import org.jspecify.annotations.NullMarked;
