/**
 * Applies policies: compiles the conditions of rules and evaluates them, in CEL. What a policy is and what follows from
 * a judgement lives in the domain; where policies come from lives in the topology.
 */
@NullMarked
package io.quittance.streams.policy;

import org.jspecify.annotations.NullMarked;
