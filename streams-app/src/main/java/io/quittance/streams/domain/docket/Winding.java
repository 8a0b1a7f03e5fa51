package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.RequestState;

/**
 * An executing request that is being stopped: no further attempt goes out, and it ends when those that are out have
 * answered.
 *
 * @param target where it goes then: CANCELLED, EXPIRED, or AWAITING_APPROVAL
 */
public record Winding(RequestState target, String code, String reason) {}
