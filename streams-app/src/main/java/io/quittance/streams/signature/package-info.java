/**
 * Who decided, proven: checks the signatures of decisions, and makes them. Which keys there are and for whom each may
 * speak is decided here; whether a decision has to be signed is the core's business. And the pipeline's own signature,
 * on the grants it gives; what is signed of them is the contract's business.
 */
@NullMarked
package io.quittance.streams.signature;

import org.jspecify.annotations.NullMarked;
