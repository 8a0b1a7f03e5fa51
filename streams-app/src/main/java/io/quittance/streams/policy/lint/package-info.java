/**
 * Says what in a policy is legal and still cannot be meant. Looks at policies as values and at the shape of their
 * conditions; evaluates nothing, and knows nothing of files.
 */
@NullMarked
package io.quittance.streams.policy.lint;

import org.jspecify.annotations.NullMarked;
