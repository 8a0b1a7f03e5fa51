package io.quittance.streams.domain.policy;

import java.time.Duration;

/**
 * Who signs afterwards for emergency access.
 *
 * @param within after the end of the work; a review that is not signed by then is overdue, and stays open
 */
public record Review(String group, Duration within) {}
