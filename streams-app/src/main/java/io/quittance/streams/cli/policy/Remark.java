package io.quittance.streams.cli.policy;

import io.quittance.streams.policy.lint.Severity;
import io.quittance.streams.yaml.Position;

/**
 * Something that is to be said about a file.
 *
 * @param name stable name of what found it
 * @param remedy how to mend it; empty where the message says it
 */
public record Remark(Position at, Severity severity, String name, String message, String remedy) {}
