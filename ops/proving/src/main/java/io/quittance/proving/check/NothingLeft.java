package io.quittance.proving.check;

import io.quittance.proving.check.LeftBehind.DocketRow;
import io.quittance.proving.check.Violation.Kind;

/** A7: no open case, no timer, no prompt and no claim is left behind. */
final class NothingLeft implements Invariant {
    /** Forgetting is weeks away; whatever is due sooner is a timer of something that is over. */
    private static final long SOON = 86_400_000;

    @Override
    public String id() {
        return "A7";
    }

    @Override
    public String promise() {
        return "nothing is left behind: no case, timer, prompt or claim";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        long end = evidence.run.endedAt() == null ? Long.MAX_VALUE / 2 : evidence.run.endedAt();
        for (DocketRow docket : evidence.left.dockets()) {
            findings.looked();
            docket(docket, end, findings);
        }
        findings.looked(evidence.left.settled()
                + evidence.left.prompts().size()
                + evidence.left.claims().size()
                + evidence.left.freezes().size());
        evidence.left
                .prompts()
                .keySet()
                .forEach(request -> findings.lost(request, "still has a prompt in the approvers' inbox"));
        evidence.left
                .claims()
                .forEach(claim ->
                        findings.lost(requestOf(claim), "still has a claim in the limiter's ledger: " + claim));
        evidence.left.freezes().forEach(freeze -> findings.violated(null, "The freeze " + freeze + " was not lifted."));
    }

    private static void docket(DocketRow docket, long end, Findings findings) {
        String subject = docket.subjectId();
        if (!docket.readable()) {
            findings.onSubject(Kind.VIOLATED, null, subject, "has a docket of a format that the checker does not know");
        } else if (docket.open() > 0) {
            findings.onSubject(Kind.LOST, null, subject, "still has " + docket.open() + " open cases in its docket");
        } else if (docket.due() < end + SOON) {
            findings.onSubject(Kind.VIOLATED, null, subject, "has no open case and still a timer");
        }
    }

    private static String requestOf(String claim) {
        int slash = claim.indexOf('/');
        return slash < 0 ? claim : claim.substring(0, slash);
    }
}
