package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Docket;

/** Applies an event to a docket. Decides nothing. */
final class Evolution {
    private final Settings settings;

    Evolution(Settings settings) {
        this.settings = settings;
    }

    Docket apply(Docket docket, Event event) {
        if (event instanceof Event.Opened opened) {
            return docket.admitting(opened.opened());
        } else if (event instanceof Event.Moved moved) {
            return docket.changing(moved.requestId(), one -> one.with(moved.to()));
        } else if (event instanceof Event.Waits waits) {
            return docket.changing(waits.requestId(), one -> one.with(waits.still()));
        } else if (event instanceof Event.AuthorityChanged changed) {
            return docket.changing(changed.requestId(), one -> one.with(changed.now()));
        } else if (event instanceof Event.TasksPlanned planned) {
            return docket.changing(planned.requestId(), one -> one.withTasks(planned.tasks()));
        } else if (event instanceof Event.TaskChanged changed) {
            return docket.changing(changed.requestId(), one -> one.with(changed.now()));
        } else if (event instanceof Event.WindingChanged changed) {
            return docket.changing(changed.requestId(), one -> one.with(changed.now()));
        } else if (event instanceof Event.ReviewChanged changed) {
            return docket.changing(changed.requestId(), one -> one.with(changed.now()));
        } else if (event instanceof Event.ClockChanged changed) {
            return docket.changing(changed.requestId(), one -> one.with(changed.now()));
        } else if (event instanceof Event.Linked linked) {
            return docket.changing(linked.requestId(), one -> one.duplicating(linked.duplicateOf()));
        } else if (event instanceof Event.Noted noted) {
            return docket.changing(
                    noted.requestId(), one -> one.with(one.story().with(noted.entry(), settings.maxTrail())));
        } else if (event instanceof Event.Published published) {
            return docket.changing(
                    published.requestId(), one -> one.with(one.story().published()));
        } else if (event instanceof Event.AuditOwed owed) {
            return docket.changing(owed.requestId(), one -> one.with(one.story().owed(owed.by())));
        } else if (event instanceof Event.AskTold told) {
            return docket.changing(told.requestId(), one -> one.with(one.story().told(told.round())));
        } else if (event instanceof Event.Closed closed) {
            return docket.closing(closed.marker(), settings.maxMarkers());
        } else if (event instanceof Event.ArrivedEarly arrived) {
            return docket.keeping(arrived.arrival());
        } else if (event instanceof Event.EarlySettled settled) {
            return docket.without(settled.arrival());
        } else if (event instanceof Event.Held held) {
            return docket.held(held.hold());
        } else if (event instanceof Event.Lifted lifted) {
            return docket.lifted(lifted.holdId());
        } else if (event instanceof Event.Directed directed) {
            return docket.remembering(directed.order());
        } else if (event instanceof Event.ClosedForgotten forgotten) {
            return docket.forgettingClosedBefore(forgotten.before());
        }
        throw new IllegalStateException("an event without a rule: " + event.getClass());
    }
}
