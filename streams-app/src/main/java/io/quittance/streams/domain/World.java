package io.quittance.streams.domain;

import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Predicates;

/**
 * What the decider may know beyond the docket: the policy in force, how predicates are met, the data map, what stands
 * still, the limits.
 */
public record World(Policies policies, Predicates predicates, DataMap map, Freezes freezes, Limits limits) {}
