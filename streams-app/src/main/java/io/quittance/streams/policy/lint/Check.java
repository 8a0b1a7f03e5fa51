package io.quittance.streams.policy.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The checks; their names are stable, as documents acknowledge findings by them. */
public enum Check {
    UNREACHABLE_RULE(Severity.ERROR, false),
    NEVER_HOLDS(Severity.ERROR, false),
    UNSATISFIABLE_ASK(Severity.ERROR, false),
    UNSATISFIABLE_ALTERNATIVE(Severity.WARNING, false),
    UNREACHABLE_DENIAL(Severity.ERROR, false),
    SILENCE_APPROVES_WRITE(Severity.ERROR, true),
    UNATTENDED_WRITE(Severity.WARNING, true),
    UNBOUND_WRITE(Severity.WARNING, true),
    LONG_WINDOW(Severity.WARNING, true),
    LATE_REMINDER(Severity.WARNING, false),
    LATE_ESCALATION(Severity.WARNING, false),
    EMERGENCY_FOR_ANYONE(Severity.WARNING, true),
    MAYBE_ABSENT(Severity.WARNING, true),
    NO_REASON(Severity.WARNING, true),
    PROOF_AGES_WHILE_WAITING(Severity.ERROR, false),
    WAITING_ON_READ(Severity.WARNING, true),
    UNUSED_CALENDAR(Severity.WARNING, true),
    VERIFICATION_OF_SYSTEM(Severity.WARNING, true),
    NO_CATCH_ALL(Severity.WARNING, true),
    NEEDLESS_ACCEPTANCE(Severity.WARNING, false);

    private final Severity severity;
    private final boolean acceptable;

    Check(Severity severity, boolean acceptable) {
        this.severity = severity;
        this.acceptable = acceptable;
    }

    public Severity severity() {
        return severity;
    }

    /** Whether a document may say that it is meant so. */
    public boolean acceptable() {
        return acceptable;
    }

    /** As documents and reports name it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Check> of(String id) {
        return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
    }
}
