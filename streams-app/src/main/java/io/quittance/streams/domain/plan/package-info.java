/** From a request, a rule and the data map to the plan that approvers see, and its hash. */
@NullMarked
package io.quittance.streams.domain.plan;

import org.jspecify.annotations.NullMarked;
