package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.TaskState;
import java.time.Instant;
import java.util.List;

/** Something to tell the world. Each is one record on one topic. */
public sealed interface Effect {

    /** Ask the approvers; or show them what others have decided meanwhile. */
    record Prompt(Case about, Ballot ballot, Plan left) implements Effect {}

    /** Ask for somebody to sign for emergency access. */
    record PromptReview(Case about) implements Effect {}

    /** A decision is no longer wanted. */
    record RetractPrompt(String requestId) implements Effect {}

    /**
     * Give a system its work: exactly the datasets that the grant covers.
     *
     * @param spared the other datasets of the system, whose part must be left alone
     */
    record IssueTask(
            Case of,
            TaskState task,
            Grant grant,
            List<Dataset> datasets,
            List<Dataset> spared,
            List<Minimization> minimizations,
            Instant at)
            implements Effect {}

    /** Withdraw a grant early. */
    record RevokeGrant(Case of, Grant grant, String code, Instant at) implements Effect {}

    /** Ask the limiter to let an attempt go. */
    record ClaimPermit(Claim claim, Instant at) implements Effect {}

    /**
     * Tell the limiter that an attempt is over, or is not wanted any more.
     *
     * @param unused it never went out
     */
    record ReleasePermit(Claim claim, boolean unused, Instant at) implements Effect {}

    /** Replace the request's audit record. The case is as it stands once everything decided has been applied. */
    record WriteAudit(Case snapshot, Instant at) implements Effect {}

    /** Tell people. */
    record Notify(Case about, String code, String audience, String detail, Instant at) implements Effect {}

    /** The command made no sense: hand the record that brought it to people. */
    record DeadLetterInput(Refusal why) implements Effect {}

    /** What came early was never followed by its request, or only by one that is closed: hand it to people. */
    record DeadLetterEarly(EarlyArrival arrival, Refusal why) implements Effect {}
}
