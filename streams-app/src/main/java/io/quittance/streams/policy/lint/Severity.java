package io.quittance.streams.policy.lint;

/** How bad a finding is. */
public enum Severity {
    /** It cannot be meant: part of the policy never comes to pass, or the policy says yes where nobody answered. */
    ERROR,
    /** It may be meant, but rarely is. */
    WARNING
}
