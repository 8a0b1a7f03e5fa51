package io.quittance.streams.domain.docket;

import java.time.Instant;

/** A legal hold on a subject: while one stands, nothing of theirs is deleted or anonymized. */
public record Hold(String directiveId, String issuedBy, Instant since) {}
