package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.Comparator;
import java.util.List;

/** A1: every acknowledged submission ends in exactly one closed audit, in a state that was to be expected. */
final class Accounting implements Invariant {
    private static final String GRANT_EXPIRED = "GRANT_EXPIRED";

    @Override
    public String id() {
        return "A1";
    }

    @Override
    public String promise() {
        return "every acknowledged request is closed, and as it should be";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        for (Act act : evidence.acts) {
            if (act.act() == Kind.SUBMITTED && act.requestId() != null) {
                findings.looked();
                submitted(evidence, act, act.requestId(), findings);
            }
        }
        evidence.audits.keySet().stream()
                .filter(request -> evidence.acts(request).isEmpty())
                .forEach(request -> findings.violated(request, "is audited, and nobody submitted it"));
    }

    private static void submitted(Evidence evidence, Act act, String request, Findings findings) {
        var last = evidence.lastAudit(request);
        if (last.isEmpty()) {
            if (act.acknowledged()) {
                findings.lost(request, "was acknowledged and never seen again (" + act.story() + ")");
            }
        } else if (!last.get().closed()) {
            if (!isHeld(evidence, act)) {
                findings.lost(
                        request,
                        "is still open, " + last.get().state() + "/"
                                + last.get().code() + " (" + act.story() + ")");
            }
        } else {
            ended(evidence, act, last.get(), findings);
        }
    }

    private static boolean isHeld(Evidence evidence, Act act) {
        long held = ofSubject(evidence, act, Kind.HELD);
        return held > 0 && ofSubject(evidence, act, Kind.LIFTED) == 0;
    }

    private static long ofSubject(Evidence evidence, Act submitted, Kind kind) {
        return evidence.acts(kind).stream()
                .filter(act -> act.subjectId() != null && act.subjectId().equals(submitted.subjectId()))
                .count();
    }

    private static void ended(Evidence evidence, Act act, AuditSeen audit, Findings findings) {
        String request = audit.requestId();
        List<String> expected = act.expected();
        String ending = audit.state() + ":" + audit.code();
        if (!expected.contains(audit.state()) && !expected.contains(ending)) {
            findings.violated(
                    request,
                    "ended " + ending + ", which is none of " + String.join(", ", expected) + " (" + act.story() + ")");
        } else if (audit.code().equals(GRANT_EXPIRED) && !isOver(audit, evidence)) {
            findings.violated(request, "ended for an expired grant whose window was still open");
        }
        if (audit.duplicateOf() != null && !isSameSubject(evidence, audit)) {
            findings.violated(request, "is linked to a request that is not its subject's");
        }
    }

    private static boolean isOver(AuditSeen audit, Evidence evidence) {
        return audit.grants().stream()
                .max(Comparator.comparingLong(GrantSeen::notAfter))
                // A next attempt that could only come after the window ends it a little earlier.
                .filter(grant -> audit.writtenAt()
                                + TimeFrames.LONGEST_RETRY_DELAY
                                + evidence.clocks().allowance(grant.notBefore(), audit.writtenAt())
                        >= grant.notAfter())
                .isPresent();
    }

    private static boolean isSameSubject(Evidence evidence, AuditSeen audit) {
        return evidence.lastAudit(String.valueOf(audit.duplicateOf()))
                .filter(original -> original.subjectId().equals(audit.subjectId()))
                .isPresent();
    }
}
