package io.quittance.streams.domain.clock;

import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.clock.StatutoryClock.ExtensionGiven;
import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a regime moves a {@link StatutoryClock}. Whatever is not checked here has been asked for before. */
public final class Clockwork {
    /**
     * What a publisher says about when a request was made is believed so far back; a date cannot be computed from any.
     */
    private static final Duration OLDEST_RECEIPT = Duration.ofDays(3_650);

    private final Regime regime;
    private final Regime.Answer answer;

    private Clockwork(Regime regime, Regime.Answer answer) {
        this.regime = regime;
        this.answer = answer;
    }

    /** Empty where the regime has no clock. */
    public static Optional<Clockwork> of(Regime regime) {
        return Optional.ofNullable(regime.answer()).map(answer -> new Clockwork(regime, answer));
    }

    /**
     * A request has been received.
     *
     * @param submittedAt when the publisher says it was made; the time runs from then, unless that is yet to come
     * @param identityAwaited whether the requester's identity has been asked for and is not proven yet
     */
    public StatutoryClock received(Instant submittedAt, Instant now, boolean identityAwaited) {
        Instant received = submittedAt.isAfter(now) ? now : submittedAt;
        received = received.isBefore(now.minus(OLDEST_RECEIPT)) ? now.minus(OLDEST_RECEIPT) : received;
        LocalDate acknowledge = acknowledgeBy(received);
        StatutoryClock clock = new StatutoryClock(
                regime.name(),
                answer.article(),
                received,
                null,
                null,
                null,
                null,
                null,
                0,
                List.of(),
                acknowledge == null ? null : endOf(acknowledge),
                acknowledge == null ? null : acknowledgementNear(acknowledge),
                null,
                List.of(),
                List.of(),
                null);
        boolean waits = identityAwaited && answer.starts() == Regime.Start.IDENTITY_PROVEN;
        return waits ? clock : started(clock, received);
    }

    /** Identity is proven. Starts a clock that has waited for it, and is nothing to any other. */
    public StatutoryClock identityProven(StatutoryClock clock, Instant now) {
        return clock.startedAt() != null ? clock : started(clock, now);
    }

    public Optional<Refusal> refusalToPause(StatutoryClock clock, Action action, Instant now) {
        if (regime.pause() == null || !regime.pause().allows(action)) {
            return Optional.of(Refusal.CLOCK_NOT_PAUSABLE);
        }
        if (clock.isPaused()) {
            return Optional.of(Refusal.CLOCK_ALREADY_PAUSED);
        }
        return refusalToMove(clock, now);
    }

    public StatutoryClock pause(StatutoryClock clock, Instant now) {
        return clock.paused(now);
    }

    public Optional<Refusal> refusalToResume(StatutoryClock clock) {
        return clock.isPaused() ? Optional.empty() : Optional.of(Refusal.CLOCK_NOT_PAUSED);
    }

    /** The days between are added to the date: a pause within one day adds none. */
    public StatutoryClock resume(StatutoryClock clock, Instant now) {
        return dated(clock, null, clock.daysPaused() + pausedUntil(clock, now), clock.extensions(), now);
    }

    public Optional<Refusal> refusalToExtend(StatutoryClock clock, Instant now) {
        Regime.Extension extension = regime.extension();
        if (extension == null || clock.extensions().size() >= extension.times()) {
            return Optional.of(Refusal.EXTENSION_EXHAUSTED);
        }
        if (clock.startedAt() == null) {
            return Optional.of(Refusal.CLOCK_NOT_STARTED);
        }
        boolean late = now.isAfter(noticeBy(clock, clock.startedAt(), now));
        return late || clock.told().contains(Alarm.DEADLINE_MISSED)
                ? Optional.of(Refusal.EXTENSION_TOO_LATE)
                : Optional.empty();
    }

    /** The extension is reckoned with the first term in one: one month and two more are three months from the start. */
    public StatutoryClock extend(StatutoryClock clock, String by, String reason, Instant now) {
        Instant start = clock.startedAt() == null ? now : clock.startedAt();
        Instant due = endOf(lastDay(start, clock.extensions().size() + 1, clock.daysPaused()));
        var given = new ArrayList<>(clock.extensions());
        given.add(new ExtensionGiven(by, reason, now, due));
        return dated(clock, clock.pausedSince(), clock.daysPaused(), given, now);
    }

    public Optional<Refusal> refusalToAcknowledge(StatutoryClock clock) {
        if (clock.acknowledgeBy() == null) {
            return Optional.of(Refusal.NOT_TO_BE_ACKNOWLEDGED);
        }
        return clock.acknowledgedAt() == null ? Optional.empty() : Optional.of(Refusal.ALREADY_ACKNOWLEDGED);
    }

    public StatutoryClock acknowledge(StatutoryClock clock, Instant now) {
        return clock.acknowledged(now);
    }

    /** The work is over; no date matters any more. */
    public static StatutoryClock stop(StatutoryClock clock, Instant now) {
        return clock.isStopped() ? clock : clock.stopped(now);
    }

    private static Optional<Refusal> refusalToMove(StatutoryClock clock, Instant now) {
        if (clock.startedAt() == null) {
            return Optional.of(Refusal.CLOCK_NOT_STARTED);
        }
        return clock.hasRunOut(now) ? Optional.of(Refusal.DEADLINE_HAS_PASSED) : Optional.empty();
    }

    private StatutoryClock started(StatutoryClock clock, Instant at) {
        LocalDate last = lastDay(at, 0, 0);
        return clock.with(at, endOf(last), endOf(last), near(last), null, 0, List.of(), clock.told());
    }

    private StatutoryClock dated(
            StatutoryClock clock, @Nullable Instant pausedSince, int days, List<ExtensionGiven> given, Instant now) {
        Instant start = clock.startedAt() == null ? now : clock.startedAt();
        LocalDate last = lastDay(start, given.size(), days);
        Instant near = near(last);
        List<Alarm> told = clock.told().stream()
                .filter(alarm -> alarm != Alarm.DEADLINE_NEAR || !near.isAfter(now))
                .toList();
        return clock.with(start, clock.firstDueAt(), endOf(last), near, pausedSince, days, given, told);
    }

    private LocalDate lastDay(Instant start, int extensions, int daysPaused) {
        LocalDate day = dayOf(start);
        LocalDate last = extendedBy(day, extensions).plusDays(daysPaused);
        return answer.rolls() ? regime.calendar().workingDayFrom(last) : last;
    }

    private LocalDate extendedBy(LocalDate day, int extensions) {
        Regime.Extension extension = regime.extension();
        Term first = answer.within();
        if (extension == null || extensions == 0) {
            return first.lastDay(day, regime.calendar());
        }
        if (extension.by().unit() == first.unit()) {
            var whole = new Term(first.count() + extensions * extension.by().count(), first.unit());
            return whole.lastDay(day, regime.calendar());
        }
        LocalDate last = first.lastDay(day, regime.calendar());
        for (int each = 0; each < extensions; each++) {
            last = extension.by().lastDay(last, regime.calendar());
        }
        return last;
    }

    /** Notice of an extension is to be given before the first term ends; pauses do not count towards it either. */
    private Instant noticeBy(StatutoryClock clock, Instant start, Instant now) {
        return endOf(lastDay(start, 0, clock.daysPaused() + pausedUntil(clock, now)));
    }

    private int pausedUntil(StatutoryClock clock, Instant now) {
        if (clock.pausedSince() == null || now.isBefore(clock.pausedSince())) {
            return 0;
        }
        return Math.toIntExact(ChronoUnit.DAYS.between(dayOf(clock.pausedSince()), dayOf(now)));
    }

    private @Nullable LocalDate acknowledgeBy(Instant received) {
        Regime.Acknowledgement wanted = regime.acknowledgement();
        return wanted == null ? null : wanted.within().lastDay(dayOf(received), regime.calendar());
    }

    private Instant acknowledgementNear(LocalDate last) {
        Regime.Acknowledgement wanted = regime.acknowledgement();
        return startOf(last.minusDays(wanted == null ? 0 : wanted.nearDays()));
    }

    private Instant near(LocalDate last) {
        return startOf(last.minusDays(answer.nearDays()));
    }

    private LocalDate dayOf(Instant instant) {
        return instant.atZone(regime.zone()).toLocalDate();
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(regime.zone()).toInstant();
    }

    /** Its last millisecond, by the zone's own midnight: days at a change of daylight saving are not 24 hours long. */
    private Instant endOf(LocalDate day) {
        return startOf(day.plusDays(1)).minusMillis(1);
    }
}
