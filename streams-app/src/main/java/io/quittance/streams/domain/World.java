package io.quittance.streams.domain;

import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.policy.Policies;

/** What the decider may know beyond the docket: the policy in force and the data map as published. */
public record World(Policies policies, DataMap map) {}
