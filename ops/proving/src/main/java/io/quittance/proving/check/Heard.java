package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.DecisionAudited;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the brokers acknowledged of what people said about a request is in its audit, whether it counted or not, or
 * among the dead letters.
 */
final class Heard {
    /** Detail of an act that names the decision, in histories that have it. */
    private static final String DECISION = "decision";

    private static final Set<Kind> DECISIONS = Set.of(Kind.DECIDED, Kind.REVOKED);

    /** Codes in the trail that tell of what was said; a refusal tells of it too. */
    private static final Map<Kind, Set<String>> TOLD = Map.of(
            Kind.WITHDRAWN, Set.of("WITHDRAWN", "REVIEW_PENDING"),
            Kind.CANCELLED, Set.of("CANCELLED_BY_ORDER", "REVIEW_PENDING"),
            Kind.VERIFIED, Set.of("NOT_AWAITING_VERIFICATION", "VERIFICATION_EXPIRED", "TOO_MANY_VERIFICATIONS"));

    private final Evidence evidence;
    private final Findings findings;
    private final Set<Place> givenUp = new HashSet<>();
    /** What came under the wrong key was sent on, and has another place since. */
    private final Set<String> givenUpElsewhere = new HashSet<>();

    private Heard(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        evidence.deadLetters.forEach(letter -> {
            givenUp.add(letter.origin());
            givenUpElsewhere.add(letter.requestId() + " " + letter.origin().topic());
        });
    }

    static void check(Evidence evidence, Findings findings) {
        var heard = new Heard(evidence, findings);
        evidence.audits
                .keySet()
                .forEach(request ->
                        evidence.lastAudit(request).filter(AuditSeen::closed).ifPresent(heard::check));
    }

    private void check(AuditSeen audit) {
        List<Act> said = evidence.acts(audit.requestId()).stream()
                .filter(Act::acknowledged)
                .filter(act -> !isGivenUp(act))
                .toList();
        decisions(
                audit,
                said.stream().filter(act -> DECISIONS.contains(act.act())).toList());
        said.stream()
                .filter(act -> TOLD.containsKey(act.act()) && !isTold(audit, act.act()))
                .forEach(act -> findings.lost(
                        audit.requestId(),
                        "was " + act.act() + " at " + act.place() + ", of which neither audit nor dead letters tell ("
                                + act.story() + ")"));
    }

    private boolean isGivenUp(Act act) {
        Place place = act.place();
        return place != null
                && (givenUp.contains(place) || givenUpElsewhere.contains(act.requestId() + " " + place.topic()));
    }

    private void decisions(AuditSeen audit, List<Act> given) {
        named(audit, given.stream().filter(Heard::isNamed).toList());
        counted(audit, given.stream().filter(act -> !isNamed(act)).toList());
    }

    private static boolean isNamed(Act act) {
        return act.details().containsKey(DECISION);
    }

    private void named(AuditSeen audit, List<Act> given) {
        Set<String> kept =
                audit.decisions().stream().map(DecisionAudited::decisionId).collect(Collectors.toSet());
        given.stream()
                .filter(act -> !kept.contains(act.details().get(DECISION)))
                .forEach(act -> findings.lost(
                        audit.requestId(),
                        "was given the decision " + act.details().get(DECISION)
                                + ", of which its audit does not tell"));
    }

    /** By approver and verdict: as many as were given, or more, as what nobody acknowledged may be there as well. */
    private void counted(AuditSeen audit, List<Act> given) {
        Map<String, Long> kept = audit.decisions().stream()
                .collect(Collectors.groupingBy(
                        made -> made.verdict() + " by " + made.approver(), Collectors.counting()));
        Map<String, Long> said = given.stream().collect(Collectors.groupingBy(Heard::verdict, Collectors.counting()));
        said.forEach((decision, times) -> {
            long told = kept.getOrDefault(decision, 0L);
            if (told < times) {
                findings.lost(
                        audit.requestId(),
                        "was given the decision " + decision + " " + times + " times, of which its audit tells "
                                + told);
            }
        });
    }

    private static String verdict(Act act) {
        return act.details().getOrDefault("verdict", "") + " by "
                + act.details().getOrDefault("approver", "");
    }

    private static boolean isTold(AuditSeen audit, Kind kind) {
        boolean proof = kind == Kind.VERIFIED && audit.verifications() > 0;
        return proof || audit.trail().stream().anyMatch(TOLD.getOrDefault(kind, Set.of())::contains);
    }
}
