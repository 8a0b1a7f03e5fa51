/**
 * Bugs planted into running processes by a Java agent, to see that the checker finds them. The product has no hook for
 * any of it.
 */
@NullMarked
package io.quittance.proving.sabotage;

import org.jspecify.annotations.NullMarked;
