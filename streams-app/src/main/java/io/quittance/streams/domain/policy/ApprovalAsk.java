package io.quittance.streams.domain.policy;

import java.time.Duration;

/**
 * Whom to ask, and how long.
 *
 * @param count distinct humans needed, at least 1
 * @param hashRequired whether an approval must repeat the plan's hash
 */
public record ApprovalAsk(
        String group, int count, Duration answerWithin, boolean reasonRequired, boolean hashRequired) {}
