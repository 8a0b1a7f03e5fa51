package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A1: every acknowledged submission ends in exactly one closed audit, in a state that was to be expected. */
final class Accounting implements Invariant {
    private static final String GRANT_EXPIRED = "GRANT_EXPIRED";
    private static final String NO_ANSWER = "NO_ANSWER_IN_TIME";
    private static final Set<String> EXPIRIES = Set.of(GRANT_EXPIRED, NO_ANSWER);
    /** From so many requests of a story on, one at least has to go as the story is meant to. */
    private static final int ENOUGH = 10;

    @Override
    public String id() {
        return "A1";
    }

    @Override
    public String promise() {
        return "every acknowledged request is closed, and as it should be; what was said of it was heard";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        var hindrances = new Hindrances(evidence);
        for (Act act : evidence.acts) {
            if (act.act() == Kind.SUBMITTED && act.requestId() != null) {
                findings.looked();
                submitted(evidence, act, act.requestId(), hindrances, findings);
            }
        }
        asMeant(evidence, findings);
        Heard.check(evidence, findings);
        evidence.audits.keySet().stream()
                .filter(request -> evidence.acts(request).isEmpty())
                .forEach(request -> findings.violated(request, "is audited, and nobody submitted it"));
    }

    private static void submitted(
            Evidence evidence, Act act, String request, Hindrances hindrances, Findings findings) {
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
            ended(evidence, act, last.get(), hindrances, findings);
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

    private static void ended(Evidence evidence, Act act, AuditSeen audit, Hindrances hindrances, Findings findings) {
        String request = audit.requestId();
        List<String> expected = act.expected();
        String ending = audit.state() + ":" + audit.code();
        if (!expected.contains(audit.state()) && !expected.contains(ending)) {
            findings.violated(
                    request,
                    "ended " + ending + ", which is none of " + String.join(", ", expected) + " (" + act.story() + ")");
        } else if (audit.code().equals(GRANT_EXPIRED) && !isOver(audit, evidence)) {
            findings.violated(request, "ended for an expired grant whose window was still open");
        } else if (audit.code().equals(NO_ANSWER) && !isSilenceOver(audit, evidence)) {
            findings.violated(request, "ended for want of an answer for which there was still time");
        } else if (EXPIRIES.contains(audit.code()) && !expected.get(0).equals(ending)) {
            hindrances
                    .of(audit, end(audit))
                    .ifPresentOrElse(
                            findings::excused,
                            () -> findings.lost(
                                    request,
                                    "ended " + ending + ", and nothing kept it from being done (" + act.story() + ")"));
        }
        if (audit.duplicateOf() != null && !isSameSubject(evidence, audit)) {
            findings.violated(request, "is linked to a request that is not its subject's");
        }
    }

    private static Optional<GrantSeen> last(AuditSeen audit) {
        return audit.grants().stream().max(Comparator.comparingLong(GrantSeen::notAfter));
    }

    /** Of the time there was: a window's, or that to answer in. */
    private static long end(AuditSeen audit) {
        return audit.code().equals(GRANT_EXPIRED)
                ? last(audit).map(GrantSeen::notAfter).orElse(audit.ended())
                : audit.ended();
    }

    private static boolean isOver(AuditSeen audit, Evidence evidence) {
        return last(audit)
                // A next attempt that could only come after the window ends it a little earlier.
                .filter(grant -> audit.writtenAt()
                                + TimeFrames.LONGEST_RETRY_DELAY
                                + evidence.clocks().allowance(grant.notBefore(), audit.writtenAt())
                        >= grant.notAfter())
                .isPresent();
    }

    /** Whoever asks waits from when the request was there, at the earliest. */
    private static boolean isSilenceOver(AuditSeen audit, Evidence evidence) {
        long window = evidence.patience.getOrDefault(String.valueOf(audit.rule()), 0L);
        long allowance = evidence.clocks().allowance(audit.receivedAt(), audit.ended());
        return audit.ended() - audit.receivedAt() >= window - allowance;
    }

    /**
     * What a story may end in begins with how it is meant to end: a pipeline that lets everything expire does nothing,
     * and one that lets most of it expire does not keep up.
     */
    private static void asMeant(Evidence evidence, Findings findings) {
        Map<String, List<Act>> alike = evidence.acts(Kind.SUBMITTED).stream()
                .filter(act -> act.requestId() != null && !act.expected().isEmpty())
                .collect(Collectors.groupingBy(
                        act -> act.story() + " " + act.expected().get(0), TreeMap::new, Collectors.toList()));
        alike.values().stream()
                .filter(acts -> acts.size() >= ENOUGH)
                .forEach(acts -> enoughAsMeant(evidence, acts, findings));
    }

    private static void enoughAsMeant(Evidence evidence, List<Act> acts, Findings findings) {
        String requests = " of the " + acts.size() + " requests of the story "
                + acts.get(0).story();
        long ranOut = acts.stream().filter(act -> ranOut(evidence, act)).count();
        if (acts.stream().noneMatch(act -> endedAsMeant(evidence, act))) {
            lost(acts, "None" + requests + " ended " + acts.get(0).expected().get(0) + ".", findings);
        } else if (ranOut > acts.size() / 2) {
            lost(acts, ranOut + requests + " ran out of time, each for a reason.", findings);
        }
    }

    private static void lost(List<Act> acts, String sentence, Findings findings) {
        findings.add(
                Violation.Kind.LOST,
                null,
                null,
                sentence,
                acts.stream().mapToLong(Act::at).min().orElse(0),
                acts.stream().mapToLong(Act::at).max().orElse(0));
    }

    private static boolean ranOut(Evidence evidence, Act act) {
        return evidence.lastAudit(String.valueOf(act.requestId()))
                .filter(audit -> EXPIRIES.contains(audit.code()) && !audit.hadMoments())
                .filter(audit -> !act.expected().get(0).equals(audit.state() + ":" + audit.code()))
                .isPresent();
    }

    private static boolean endedAsMeant(Evidence evidence, Act act) {
        String meant = act.expected().get(0);
        return evidence.lastAudit(String.valueOf(act.requestId()))
                .filter(AuditSeen::closed)
                .filter(audit -> meant.equals(audit.state()) || meant.equals(audit.state() + ":" + audit.code()))
                .isPresent();
    }

    private static boolean isSameSubject(Evidence evidence, AuditSeen audit) {
        return evidence.lastAudit(String.valueOf(audit.duplicateOf()))
                .filter(original -> original.subjectId().equals(audit.subjectId()))
                .isPresent();
    }
}
