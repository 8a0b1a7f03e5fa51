package io.quittance.streams.history;

import static io.quittance.streams.history.Violation.unless;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.history.Play.Sent;
import java.util.Objects;

/** What may follow when a command comes a second time: a line in the audit or a dead letter, and nothing else. */
final class Redelivery {
    private Redelivery() {}

    static void check(Sent first, Docket before, Decision second) {
        if (!isBound(first, before)) {
            return;
        }
        Docket after = second.docket();
        unless(
                second.effects().stream().allMatch(Redelivery::isOnlyTelling),
                "a second delivery has no effect: " + first.command().getClass().getSimpleName());
        unless(before.closed().equals(after.closed()), "a second delivery closes nothing");
        unless(before.holds().equals(after.holds()), "a second delivery neither holds nor lifts");
        unless(before.open().size() == after.open().size(), "a second delivery opens and closes nothing");
        for (int i = 0; i < before.open().size(); i++) {
            unless(isSame(before.open().get(i), after.open().get(i)), "a second delivery changes no request");
        }
    }

    /** Whether the first delivery is remembered: what made no sense then may make sense now. */
    private static boolean isBound(Sent first, Docket before) {
        Command command = first.command();
        if (command instanceof Command.Submit || command instanceof Command.Complete) {
            return true;
        } else if (command instanceof Command.Direct direct) {
            return first.accepted() && isRemembered(direct);
        }
        return first.accepted();
    }

    /** An order to a whole subject about their clocks is refused for some and carried out for others. */
    private static boolean isRemembered(Command.Direct direct) {
        return switch (direct.kind()) {
            case CANCEL, EXTEND, PAUSE_CLOCK, RESUME_CLOCK, ACKNOWLEDGE -> direct.requestId() != null;
            case HOLD, LIFT, RETRY -> true;
            case UNKNOWN -> false;
        };
    }

    private static boolean isOnlyTelling(Effect effect) {
        return effect instanceof Effect.WriteAudit
                || effect instanceof Effect.DeadLetterInput
                // A permit that nobody waits for is given back, as often as it comes.
                || effect instanceof Effect.ReleasePermit release && release.unused();
    }

    private static boolean isSame(Case before, Case after) {
        return before.requestId().equals(after.requestId())
                && before.standing().equals(after.standing())
                && before.tasks().equals(after.tasks())
                && Objects.equals(before.clock(), after.clock())
                && before.authority().grants().equals(after.authority().grants())
                && before.authority().approvals().equals(after.authority().approvals())
                && before.authority().denials().equals(after.authority().denials())
                && before.authority().round() == after.authority().round()
                && before.authority().verifications().equals(after.authority().verifications());
    }
}
