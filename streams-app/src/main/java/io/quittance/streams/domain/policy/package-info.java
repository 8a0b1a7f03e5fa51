/**
 * Policies as values, and the port through which the decider has one applied. How conditions are evaluated lives
 * elsewhere.
 */
@NullMarked
package io.quittance.streams.domain.policy;

import org.jspecify.annotations.NullMarked;
