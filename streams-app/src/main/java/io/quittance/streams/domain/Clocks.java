package io.quittance.streams.domain;

import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;

import io.quittance.streams.domain.clock.Clockwork;
import io.quittance.streams.domain.clock.Regime;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A request's statutory clock: when it starts and stops, what is ordered about it, and whom it tells what. */
final class Clocks {
    private static final String PIPELINE = "pipeline";
    private static final String PUBLISHER = "publisher";

    private Clocks() {}

    /** A request has been received and judged; whatever becomes of it, the law's time runs. */
    static void start(Turn turn, String id) {
        Case about = turn.get(id);
        works(turn, about)
                .map(works -> works.received(about.request().submittedAt(), turn.now, awaitsIdentity(turn, about)))
                .ifPresent(clock -> turn.record(new Event.ClockChanged(id, clock)));
    }

    /** A proof has come; if it is the one the law lets the clock wait for, the clock starts. */
    static void proven(Turn turn, String id) {
        Case about = turn.get(id);
        StatutoryClock clock = about.clock();
        if (clock != null && clock.startedAt() == null && !awaitsIdentity(turn, about)) {
            works(turn, about).ifPresent(works -> {
                turn.record(new Event.ClockChanged(id, works.identityProven(clock, turn.now)));
                turn.note(id, "CLOCK_STARTED", PIPELINE, "Identity is proven, so the time to answer runs.");
            });
        }
    }

    /** The work is over. What was to be told by now is told first. */
    static void stop(Turn turn, String id) {
        ring(turn, id);
        StatutoryClock clock = turn.get(id).clock();
        if (clock != null && !clock.isStopped()) {
            turn.record(new Event.ClockChanged(id, Clockwork.stop(clock, turn.now)));
        }
    }

    /** Tells what is to be told by now. */
    static void ring(Turn turn, String id) {
        StatutoryClock clock = turn.get(id).clock();
        if (clock == null
                || clock.nextAlarm().filter(at -> !at.isAfter(turn.now)).isEmpty()) {
            return;
        }
        var ringing = clock.ring(turn.now);
        turn.record(new Event.ClockChanged(id, ringing.clock()));
        ringing.alarms().forEach(alarm -> {
            turn.note(id, alarm.name(), PIPELINE, alarm.sentence());
            turn.notify(turn.get(id), alarm.name(), PUBLISHER, alarm.sentence());
        });
        turn.audit(id);
    }

    /** Whether each clock remembers such directives itself: one to several requests may be refused for some of them. */
    static boolean remembers(Command.DirectiveKind kind) {
        return switch (kind) {
            case EXTEND, PAUSE_CLOCK, RESUME_CLOCK, ACKNOWLEDGE -> true;
            case UNKNOWN, HOLD, LIFT, RETRY, CANCEL -> false;
        };
    }

    /** Carries out EXTEND, PAUSE_CLOCK, RESUME_CLOCK or ACKNOWLEDGE for one open request, or for all of the subject. */
    static void direct(Turn turn, Command.Direct direct) {
        String id = direct.requestId();
        if (id != null && !turn.isOpen(id)) {
            boolean closed = turn.docket().findClosed(id).isPresent();
            turn.deadLetter(closed ? Refusal.REQUEST_CLOSED : Refusal.UNKNOWN_REQUEST);
            return;
        }
        List<String> meant = id != null
                ? List.of(id)
                : turn.docket().open().stream().map(Case::requestId).toList();
        if (meant.isEmpty()) {
            turn.deadLetter(Refusal.UNKNOWN_REQUEST);
        }
        meant.forEach(each -> direct(turn, turn.get(each), direct));
    }

    private static void direct(Turn turn, Case about, Command.Direct direct) {
        String id = about.requestId();
        StatutoryClock clock = about.clock();
        Optional<Clockwork> works = works(turn, about);
        if (clock == null || works.isEmpty()) {
            turn.refuse(id, Refusal.NO_CLOCK, direct.issuedBy());
            return;
        }
        if (clock.knows(direct.directiveId())) {
            turn.repeated();
            return;
        }
        // A refused one counts as known too: delivered again later, it must not come true then.
        StatutoryClock knowing = clock.having(direct.directiveId());
        turn.record(new Event.ClockChanged(id, knowing));
        Optional<Refusal> refused = clock.isStopped()
                ? Optional.of(Refusal.CLOCK_STOPPED)
                : refusal(turn, about, knowing, works.get(), direct.kind());
        if (refused.isPresent()) {
            turn.refuse(id, refused.get(), direct.issuedBy());
        } else {
            carryOut(turn, id, knowing, works.get(), direct);
        }
    }

    private static Optional<Refusal> refusal(
            Turn turn, Case about, StatutoryClock clock, Clockwork works, Command.DirectiveKind kind) {
        return switch (kind) {
            case EXTEND -> works.refusalToExtend(clock, turn.now);
            case PAUSE_CLOCK -> works.refusalToPause(clock, about.request().action(), turn.now);
            case RESUME_CLOCK -> works.refusalToResume(clock);
            case ACKNOWLEDGE -> works.refusalToAcknowledge(clock);
            case UNKNOWN, HOLD, LIFT, RETRY, CANCEL -> Optional.of(Refusal.UNKNOWN_DIRECTIVE);
        };
    }

    private static void carryOut(Turn turn, String id, StatutoryClock clock, Clockwork works, Command.Direct direct) {
        String by = direct.issuedBy();
        switch (direct.kind()) {
            case EXTEND -> {
                dated(turn, id, works.extend(clock, by, direct.reason(), turn.now));
                String detail = "The time to answer was extended" + lastDay(turn, id) + ".";
                turn.note(id, "EXTENDED", by, detail);
                turn.notify(turn.get(id), "EXTENDED", PUBLISHER, detail + " The requester is to be told why.");
            }
            case PAUSE_CLOCK -> {
                dated(turn, id, works.pause(clock, turn.now));
                turn.note(id, "CLOCK_PAUSED", by, "The time to answer is paused.");
            }
            case RESUME_CLOCK -> {
                dated(turn, id, works.resume(clock, turn.now));
                turn.note(id, "CLOCK_RESUMED", by, "The time to answer runs again" + lastDay(turn, id) + ".");
            }
            case ACKNOWLEDGE -> {
                turn.record(new Event.ClockChanged(id, works.acknowledge(clock, turn.now)));
                turn.note(id, "ACKNOWLEDGED", by, "Receipt of the request was confirmed.");
            }
            case UNKNOWN, HOLD, LIFT, RETRY, CANCEL ->
                throw new IllegalStateException("a directive that is not about the clock was let through");
        }
        turn.audit(id);
    }

    /** The date has moved; whoever is asked to decide sees the new one. */
    private static void dated(Turn turn, String id, StatutoryClock clock) {
        turn.record(new Event.ClockChanged(id, clock));
        if (turn.get(id).state() == AWAITING_APPROVAL) {
            Approval.prompt(turn, id);
        }
    }

    private static String lastDay(Turn turn, String id) {
        Case about = turn.get(id);
        StatutoryClock clock = about.clock();
        if (clock == null || clock.answerBy() == null) {
            return "";
        }
        return regime(turn, about)
                .map(regime -> " to " + LocalDate.ofInstant(clock.answerBy(), regime.zone()))
                .orElse("");
    }

    private static boolean awaitsIdentity(Turn turn, Case about) {
        VerificationNeed need = Optional.ofNullable(about.authority().judgement())
                .map(Judgement::rule)
                .map(rule -> rule.verification())
                .orElse(VerificationNeed.NONE);
        var identityOnly = new VerificationNeed(need.identityLevel(), false, need.within(), need.maxAge());
        return need.asksFor(Verification.Kind.IDENTITY)
                && !identityOnly.metBy(about.authority().verifications(), turn.now);
    }

    private static Optional<Clockwork> works(Turn turn, Case about) {
        return regime(turn, about).flatMap(Clockwork::of);
    }

    private static Optional<Regime> regime(Turn turn, Case about) {
        return turn.settings.regimes().find(about.request().regime());
    }
}
