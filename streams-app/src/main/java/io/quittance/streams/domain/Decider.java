package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.EarlyArrival;
import io.quittance.streams.domain.model.Instants;
import io.quittance.streams.domain.model.Origin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a command comes to. A pure function: the same docket, command, world and time give the same decision,
 * and nothing here looks at a clock, rolls dice or writes anywhere.
 *
 * <p>The life of a request is the table in {@link Lifecycle}; {@link Intake}, {@link Approval} and {@link Execution}
 * are its three thirds, {@link Stopping} every way out that is not the end of the work.
 */
public final class Decider {
    private final Settings settings;

    public Decider(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param docket the subject's docket; {@link Docket#empty} for a subject never seen
     * @param origin where the command's record came from; kept with what arrives before its request
     * @param now the present, from the caller
     */
    public Decision decide(Docket docket, Command command, Origin origin, World world, Instant now) {
        var turn = new Turn(docket, settings, world, origin.timestamp(), now);
        handle(turn, command, origin);
        Execution.releaseQueued(turn);
        forgetOldMarkers(turn);
        return turn.finish();
    }

    /** Lets time pass: everything due by now happens. */
    public Decision tick(Docket docket, World world, Instant now) {
        var turn = new Turn(docket, settings, world, now, now);
        Deadlines.enforce(turn);
        Freezing.thaw(turn);
        Execution.releaseQueued(turn);
        forgetOldMarkers(turn);
        return turn.finish();
    }

    /** When the docket next wants a {@link #tick}; null if nothing of it waits for time. */
    public @Nullable Instant due(Docket docket) {
        Instant due = null;
        for (Case open : docket.open()) {
            due = Instants.earlier(due, open.due());
        }
        for (EarlyArrival early : docket.early()) {
            due = Instants.earlier(due, early.keptAt().plus(settings.keepEarly()));
        }
        return due;
    }

    /** Requests closed before this are forgotten. */
    public Instant markerHorizon(Instant now) {
        return now.minus(settings.keepMarkers());
    }

    /** The docket after events, for replay. */
    public Docket replay(Docket docket, List<Event> events) {
        var evolution = new Evolution(settings);
        Docket current = docket;
        for (Event event : events) {
            current = evolution.apply(current, event);
        }
        return current;
    }

    private static void handle(Turn turn, Command command, Origin origin) {
        if (command instanceof Command.Submit submit) {
            Intake.submit(turn, submit.submission());
        } else if (command instanceof Command.Verify verify) {
            Intake.verify(turn, verify, origin);
        } else if (command instanceof Command.Decide decide) {
            Approval.decide(turn, decide, origin);
        } else if (command instanceof Command.Complete complete) {
            Execution.complete(turn, complete);
        } else if (command instanceof Command.Withdraw withdraw) {
            Stopping.withdraw(turn, withdraw);
        } else if (command instanceof Command.Direct direct) {
            Stopping.direct(turn, direct);
        } else if (command instanceof Command.Permit permit) {
            Permits.arrive(turn, permit);
        }
    }

    private void forgetOldMarkers(Turn turn) {
        Instant horizon = markerHorizon(turn.now);
        if (turn.docket().oldestMemory().filter(at -> at.isBefore(horizon)).isPresent()) {
            turn.record(new Event.ClosedForgotten(horizon));
        }
    }
}
