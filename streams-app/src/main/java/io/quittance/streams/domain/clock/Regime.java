package io.quittance.streams.domain.clock;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Verification;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A law a request may be made under: what it gives to answer in, and for what it lets a request be refused.
 *
 * @param zone where its days begin and end
 * @param calendar its holidays
 * @param answer time to answer; null where there is none, and so no clock
 * @param acknowledgement time to confirm receipt; null where it is not asked for
 * @param extension how the time to answer can be made longer; null where it cannot
 * @param pause when the time does not count; null where it always does
 * @param refusals what a request may be refused for
 */
public record Regime(
        String name,
        String title,
        ZoneId zone,
        HolidayCalendar calendar,
        @Nullable Answer answer,
        @Nullable Acknowledgement acknowledgement,
        @Nullable Extension extension,
        @Nullable Pause pause,
        List<RefusalReason> refusals) {
    public Regime {
        refusals = List.copyOf(refusals);
    }

    /** What sets the clock going. */
    public enum Start {
        /** The request reaches the controller. */
        RECEIPT,
        /** The requester's identity is proven, where proof was asked for; else as RECEIPT. */
        IDENTITY_PROVEN
    }

    /**
     * @param rolls whether a last day that is no working day gives way to the next that is
     * @param nearDays days before the last one from which it counts as near
     */
    public record Answer(Term within, Start starts, boolean rolls, int nearDays, String article) {}

    /** @param nearDays days before the last one from which it counts as near */
    public record Acknowledgement(Term within, int nearDays, String article) {}

    /**
     * Notice of each extension must be given before the first term ends.
     *
     * @param by what an extension adds
     * @param times how often
     */
    public record Extension(Term by, int times, String article) {}

    /**
     * @param ground what has to be waited for
     * @param actions requests whose clock may pause; empty for all
     */
    public record Pause(String ground, Set<Action> actions, String article) {
        public Pause {
            actions = Set.copyOf(actions);
        }

        public boolean allows(Action action) {
            return actions.isEmpty() || actions.contains(action);
        }
    }

    /** The reason of that code; where there is none, or it is unknown, the usual one for what was refused. */
    public Optional<RefusalReason> refusal(Verification.Kind refused, @Nullable String code) {
        return refusals.stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .or(() -> refusals.stream()
                        .filter(reason -> reason.usualFor().contains(refused))
                        .findFirst());
    }
}
