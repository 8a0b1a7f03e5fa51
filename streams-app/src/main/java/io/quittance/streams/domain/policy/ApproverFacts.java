package io.quittance.streams.domain.policy;

import io.quittance.streams.domain.model.Approver;

/** All that a predicate over an approver may look at. */
public record ApproverFacts(Approver approver, Facts request) {}
