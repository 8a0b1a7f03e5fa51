package io.quittance.streams.domain;

import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.docket.Hold;
import io.quittance.streams.domain.docket.Ordered;
import io.quittance.streams.domain.docket.PendingReview;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TrailEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact the decider has established. {@link Evolution} is the only thing that turns events into state. */
public sealed interface Event {

    /** A request has come; it stands in NEW until it moves. */
    record Opened(Case opened) implements Event {}

    /** A request has taken a transition of {@link Lifecycle}. */
    record Moved(String requestId, Lifecycle.Transition transition, Standing to) implements Event {}

    /** The request stays where it is, for another reason. */
    record Waits(String requestId, Standing still) implements Event {}

    /** What the request rests on has changed: judgement, plan, proof, decision or grant. */
    record AuthorityChanged(String requestId, Authority now) implements Event {}

    /** The request's tasks have been laid out anew. */
    record TasksPlanned(String requestId, List<TaskState> tasks) implements Event {}

    /** One task stands differently. */
    record TaskChanged(String requestId, TaskState now) implements Event {}

    /** The request is being stopped, or (null) no longer is. */
    record WindingChanged(String requestId, @Nullable Winding now) implements Event {}

    /** Emergency access waits for somebody to sign for it, or has been signed for. */
    record ReviewChanged(String requestId, PendingReview now) implements Event {}

    /** The time that the law gives runs differently, or people have been told of it. */
    record ClockChanged(String requestId, StatutoryClock now) implements Event {}

    /** The request turned out to repeat another. */
    record Linked(String requestId, String duplicateOf) implements Event {}

    /** Something worth telling happened. */
    record Noted(String requestId, TrailEntry entry) implements Event {}

    /** The audit has been told. */
    record Published(String requestId) implements Event {}

    /** What happened will be told by an audit record at that time, unless the request closes before. */
    record AuditOwed(String requestId, Instant by) implements Event {}

    /** People were told that they are asked, in this round. */
    record AskTold(String requestId, int round) implements Event {}

    /** The request is closed; a marker takes its place. */
    record Closed(ClosedMarker marker) implements Event {}

    /** Something came before its request. */
    record ArrivedEarly(EarlyArrival arrival) implements Event {}

    /** It has been taken up, or given up. */
    record EarlySettled(EarlyArrival arrival) implements Event {}

    /** The subject is under a legal hold. */
    record Held(Hold hold) implements Event {}

    /** A legal hold of the subject is lifted; or, without an id, all of them. */
    record Lifted(@Nullable String holdId) implements Event {}

    /** A directive has been carried out. */
    record Directed(Ordered order) implements Event {}

    /** Markers of requests closed, and of directives carried out, before this are forgotten. */
    record ClosedForgotten(Instant before) implements Event {}
}
