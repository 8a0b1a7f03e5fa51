/**
 * Who decided, proven: checks the signatures of decisions, and makes them. Which keys there are and for whom each may
 * speak is decided here; whether a decision has to be signed is the core's business.
 */
@NullMarked
package io.quittance.streams.signature;

import org.jspecify.annotations.NullMarked;
