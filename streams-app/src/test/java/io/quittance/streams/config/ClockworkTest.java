package io.quittance.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.clock.Clockwork;
import io.quittance.streams.domain.clock.Regimes;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of statutory clocks, over the regimes that come with the application. */
class ClockworkTest {
    private static final Regimes LAWS = RegimesReader.builtIn();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(textBlock = """
            # law,    received,                  last day,   why
            GDPR,     2026-01-31T10:00:00Z,      2026-03-02, the last of February is a Saturday
            GDPR,     2028-01-31T10:00:00Z,      2028-02-29, a leap year
            GDPR,     2027-01-31T10:00:00Z,      2027-03-01, the last of February is a Sunday
            GDPR,     2026-03-31T10:00:00Z,      2026-04-30, April has no 31st
            GDPR,     2026-05-05T10:00:00Z,      2026-06-05, the same day of the next month
            GDPR,     2026-11-25T10:00:00Z,      2026-12-28, Christmas is on a Friday before a weekend
            GDPR,     2025-12-01T10:00:00Z,      2026-01-02, New Year
            GDPR,     2026-03-31T22:30:00Z,      2026-05-01, already April in Brussels
            GDPR,     2026-03-31T21:30:00Z,      2026-04-30, still March in Brussels
            GDPR,     2028-02-29T10:00:00Z,      2028-03-29, from the leap day
            UK_GDPR,  2026-03-03T10:00:00Z,      2026-04-07, Good Friday to Easter Monday
            UK_GDPR,  2026-07-31T23:30:00Z,      2026-09-01, already August in London
            CCPA,     2026-01-01T20:00:00Z,      2026-02-15, 45 days to a Sunday that does not roll
            CCPA,     2026-02-10T07:30:00Z,      2026-03-26, still the day before in Los Angeles
            CCPA,     2028-02-01T20:00:00Z,      2028-03-17, over a leap day
            LGPD,     2026-02-20T12:00:00Z,      2026-03-07, 15 days to a Saturday
            LGPD,     2026-02-21T02:30:00Z,      2026-03-07, still the day before in Sao Paulo
            """)
    void theLastDayIsAsTheLawCounts(String law, Instant received, LocalDate lastDay, String why) {
        assertThat(lastDay(law, received(law, received))).as(why).isEqualTo(lastDay);
    }

    @ParameterizedTest
    @CsvSource({
        // Brussels is one hour ahead in winter, two in summer: clocks change on 29 March and 25 October 2026
        "GDPR, 2026-02-28T12:00:00Z, 2026-03-30T21:59:59.999Z",
        "GDPR, 2026-02-27T12:00:00Z, 2026-03-27T22:59:59.999Z",
        "GDPR, 2026-09-25T12:00:00Z, 2026-10-26T22:59:59.999Z",
        // Los Angeles: 8 March and 1 November 2026
        "CCPA, 2026-01-22T12:00:00Z, 2026-03-09T06:59:59.999Z",
        "CCPA, 2026-01-21T12:00:00Z, 2026-03-08T07:59:59.999Z",
        "CCPA, 2026-09-17T12:00:00Z, 2026-11-02T07:59:59.999Z",
        // the last day itself is 23 or 25 hours long
        "LGPD, 2026-03-01T12:00:00Z, 2026-03-17T02:59:59.999Z"
    })
    void theLastDayEndsAtTheMidnightOfItsZone(String law, Instant received, Instant due) {
        assertThat(received(law, received).dueAt()).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z, 2026-04-30",
        "2026-11-30T10:00:00Z, 2027-03-01",
        "2027-11-30T10:00:00Z, 2028-02-29",
        "2026-03-05T10:00:00Z, 2026-06-05",
    })
    void twoFurtherMonthsAreThreeFromTheStart(Instant received, LocalDate lastDay) {
        StatutoryClock clock = received("GDPR", received);

        StatutoryClock extended = works("GDPR").extend(clock, "dpo-1", "many systems", received);

        assertThat(lastDay("GDPR", extended)).isEqualTo(lastDay);
        assertThat(extended.firstDueAt()).isEqualTo(clock.dueAt());
        assertThat(extended.extensions())
                .containsExactly(new StatutoryClock.ExtensionGiven(
                        "dpo-1", "many systems", received, Objects.requireNonNull(extended.dueAt())));
    }

    @Test
    void anExtensionIsGivenOnceAndBeforeTheFirstTermEnds() {
        StatutoryClock clock = received("CCPA", "2026-03-02T12:00:00Z");
        Instant due = Objects.requireNonNull(clock.dueAt());

        assertThat(works("CCPA").refusalToExtend(clock, due)).isEmpty();
        assertThat(works("CCPA").refusalToExtend(clock, due.plusMillis(1))).contains(Refusal.EXTENSION_TOO_LATE);

        StatutoryClock extended = works("CCPA").extend(clock, "dpo-1", "why", due);

        assertThat(lastDay("CCPA", extended)).isEqualTo("2026-05-31");
        assertThat(works("CCPA").refusalToExtend(extended, due)).contains(Refusal.EXTENSION_EXHAUSTED);
        assertThat(works("LGPD").refusalToExtend(received("LGPD", "2026-03-02T12:00:00Z"), due))
                .contains(Refusal.EXTENSION_EXHAUSTED);
    }

    @Test
    void noExtensionHelpsADeadlineThatWasToldAsMissedEvenIfTheWallClockGoesBack() {
        StatutoryClock clock = received("GDPR", "2026-03-02T12:00:00Z");
        Instant due = Objects.requireNonNull(clock.dueAt());
        StatutoryClock missed = clock.ring(due.plusMillis(1)).clock();

        assertThat(works("GDPR").refusalToExtend(missed, due.minusSeconds(3600)))
                .contains(Refusal.EXTENSION_TOO_LATE);
    }

    @Test
    void theBritishClockWaitsForProofOfIdentityWhereItWasAskedFor() {
        Instant received = Instant.parse("2026-03-10T12:00:00Z");
        StatutoryClock waiting = works("UK_GDPR").received(received, received, true);

        assertThat(waiting.startedAt()).isNull();
        assertThat(waiting.answerBy()).isNull();
        assertThat(waiting.nextAlarm()).isEmpty();
        assertThat(works("UK_GDPR").refusalToExtend(waiting, received)).contains(Refusal.CLOCK_NOT_STARTED);
        assertThat(works("UK_GDPR").refusalToPause(waiting, Action.ACCESS, received))
                .contains(Refusal.CLOCK_NOT_STARTED);

        StatutoryClock started = works("UK_GDPR").identityProven(waiting, Instant.parse("2026-03-20T12:00:00Z"));

        assertThat(lastDay("UK_GDPR", started)).isEqualTo("2026-04-20");
        assertThat(works("UK_GDPR").identityProven(started, Instant.parse("2026-03-25T12:00:00Z")))
                .isEqualTo(started);
    }

    @Test
    void theCalifornianClockWaitsForNobody() {
        Instant received = Instant.parse("2026-03-10T19:00:00Z");

        assertThat(works("CCPA").received(received, received, true).startedAt()).isEqualTo(received);
    }

    @Test
    void daysOfAPauseDoNotCount() {
        StatutoryClock clock = received("UK_GDPR", "2026-05-05T12:00:00Z");

        StatutoryClock paused = works("UK_GDPR").pause(clock, Instant.parse("2026-05-10T08:00:00Z"));

        assertThat(paused.answerBy()).isNull();
        assertThat(paused.nextAlarm()).as("no date runs").isEmpty();
        assertThat(paused.ring(Instant.parse("2026-12-01T00:00:00Z")).alarms()).isEmpty();

        StatutoryClock resumed = works("UK_GDPR").resume(paused, Instant.parse("2026-05-15T22:00:00Z"));

        assertThat(lastDay("UK_GDPR", resumed)).isEqualTo("2026-06-10");
        assertThat(resumed.firstDueAt()).isEqualTo(clock.dueAt());
    }

    @Test
    void pausesAddUpAndRollAtTheEndOnly() {
        StatutoryClock clock = received("UK_GDPR", "2026-05-05T12:00:00Z");
        clock = pausedBetween(clock, "2026-05-06T09:00:00Z", "2026-05-06T18:00:00Z");
        clock = pausedBetween(clock, "2026-05-07T09:00:00Z", "2026-05-08T09:00:00Z");
        clock = pausedBetween(clock, "2026-05-09T09:00:00Z", "2026-05-10T09:00:00Z");

        assertThat(clock.daysPaused()).isEqualTo(2);
        assertThat(lastDay("UK_GDPR", clock)).as("7 June is a Sunday").isEqualTo("2026-06-08");
    }

    @Test
    void timeForNoticeOfAnExtensionDoesNotRunDuringAPauseEither() {
        StatutoryClock clock = received("UK_GDPR", "2026-05-05T12:00:00Z");
        clock = works("UK_GDPR").pause(clock, Instant.parse("2026-05-10T08:00:00Z"));
        Instant muchLater = Instant.parse("2026-07-10T08:00:00Z");

        assertThat(works("UK_GDPR").refusalToExtend(clock, muchLater)).isEmpty();

        clock = works("UK_GDPR").extend(clock, "dpo-1", "why", muchLater);
        assertThat(clock.isPaused()).isTrue();
        clock = works("UK_GDPR").resume(clock, muchLater);

        assertThat(lastDay("UK_GDPR", clock)).as("5 August and 61 days").isEqualTo("2026-10-05");
    }

    @Test
    void aPauseOfAClockMovedBackwardsAddsNothing() {
        StatutoryClock clock = received("UK_GDPR", "2026-05-05T12:00:00Z");

        StatutoryClock after = pausedBetween(clock, "2026-05-10T00:30:00Z", "2026-05-09T23:30:00Z");

        assertThat(after.dueAt()).isEqualTo(clock.dueAt());
    }

    @Test
    void eachMoveThatTheLawDoesNotGiveIsRefused() {
        Instant now = Instant.parse("2026-05-06T12:00:00Z");
        StatutoryClock british = received("UK_GDPR", "2026-05-05T12:00:00Z");
        Clockwork uk = works("UK_GDPR");

        assertThat(works("GDPR").refusalToPause(received("GDPR", "2026-05-05T12:00:00Z"), Action.ACCESS, now))
                .contains(Refusal.CLOCK_NOT_PAUSABLE);
        assertThat(uk.refusalToPause(british, Action.DELETE, now)).contains(Refusal.CLOCK_NOT_PAUSABLE);
        assertThat(uk.refusalToPause(british, Action.ACCESS, now)).isEmpty();
        assertThat(uk.refusalToPause(uk.pause(british, now), Action.ACCESS, now))
                .contains(Refusal.CLOCK_ALREADY_PAUSED);
        assertThat(uk.refusalToPause(british, Action.ACCESS, now.plus(Duration.ofDays(60))))
                .contains(Refusal.DEADLINE_HAS_PASSED);
        assertThat(uk.refusalToResume(british)).contains(Refusal.CLOCK_NOT_PAUSED);
        assertThat(uk.refusalToAcknowledge(british)).contains(Refusal.NOT_TO_BE_ACKNOWLEDGED);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T20:00:00Z, 2026-03-16",
        "2026-12-21T20:00:00Z, 2027-01-06", // Christmas and New Year
        "2026-06-26T20:00:00Z, 2026-07-13", // Independence Day is observed on Friday
        "2026-03-07T20:00:00Z, 2026-03-20", // received on a Saturday
        "2031-06-25T20:00:00Z, 2031-07-09", // beyond the calendar: as if 4 July were worked
    })
    void receiptIsConfirmedInTenBusinessDays(Instant received, LocalDate lastDay) {
        assertThat(dayIn("CCPA", received("CCPA", received).acknowledgeBy())).isEqualTo(lastDay);
    }

    @Test
    void aConfirmationEndsItsAlarms() {
        StatutoryClock clock = received("CCPA", "2026-03-02T20:00:00Z");
        Instant by = Objects.requireNonNull(clock.acknowledgeBy());

        StatutoryClock acknowledged = works("CCPA").acknowledge(clock, by);

        assertThat(acknowledged.ring(by.plusMillis(1)).alarms()).isEmpty();
        assertThat(works("CCPA").refusalToAcknowledge(acknowledged)).contains(Refusal.ALREADY_ACKNOWLEDGED);
    }

    @Test
    void alarmsRingInTheirOrderEachOnce() {
        var rung = new ArrayList<String>();
        StatutoryClock clock = received("CCPA", "2026-03-02T20:00:00Z");
        for (Optional<Instant> next = clock.nextAlarm(); next.isPresent(); next = clock.nextAlarm()) {
            var ringing = clock.ring(next.get());
            ringing.alarms()
                    .forEach(alarm ->
                            rung.add(alarm + " " + ringing.clock().nextAlarm().isPresent()));
            clock = ringing.clock();
        }

        assertThat(rung)
                .containsExactly(
                        "ACKNOWLEDGEMENT_DUE true",
                        "ACKNOWLEDGEMENT_MISSED true",
                        "DEADLINE_NEAR true",
                        "DEADLINE_MISSED false");
    }

    @Test
    void anAlarmIsToldAtItsMomentAndNotBefore() {
        StatutoryClock clock = received("GDPR", "2026-05-05T10:00:00Z");
        Instant near = Instant.parse("2026-05-28T22:00:00Z");
        Instant missed = Instant.parse("2026-06-05T22:00:00Z");

        assertThat(clock.nextAlarm()).contains(near);
        assertThat(clock.ring(near.minusMillis(1)).alarms()).isEmpty();
        assertThat(clock.ring(near).alarms()).containsExactly(Alarm.DEADLINE_NEAR);
        assertThat(clock.ring(near).clock().nextAlarm()).contains(missed);
        assertThat(clock.ring(near).clock().ring(missed.minusMillis(1)).alarms())
                .isEmpty();
        assertThat(clock.hasRunOut(missed.minusMillis(1))).isFalse();
        assertThat(clock.hasRunOut(missed)).isTrue();
    }

    @Test
    void aWallClockMovedBackByAnHourTellsNothingTwiceAndUntellsNothing() {
        StatutoryClock clock = received("GDPR", "2026-05-05T10:00:00Z");
        Instant near = Instant.parse("2026-05-28T22:00:00Z");
        Instant missed = Instant.parse("2026-06-05T22:00:00Z");

        StatutoryClock told = clock.ring(near).clock();
        assertThat(told.ring(near.minusSeconds(3600))).isEqualTo(new StatutoryClock.Ringing(told, List.of()));
        assertThat(told.ring(near)).isEqualTo(new StatutoryClock.Ringing(told, List.of()));

        StatutoryClock missedOnce = told.ring(missed).clock();
        assertThat(missedOnce.hasRunOut(missed.minusSeconds(3600))).isTrue();
        assertThat(missedOnce.ring(missed).alarms()).isEmpty();
    }

    @Test
    void whatWasMissedWhileEverythingWasDownIsToldAsMissedOnly() {
        StatutoryClock clock = received("CCPA", "2026-03-02T20:00:00Z");

        var ringing = clock.ring(Instant.parse("2027-01-01T00:00:00Z"));

        assertThat(ringing.alarms()).containsExactly(Alarm.ACKNOWLEDGEMENT_MISSED, Alarm.DEADLINE_MISSED);
        assertThat(ringing.clock().nextAlarm()).isEmpty();
    }

    @Test
    void aDateThatWasPutOffIsToldOfAgain() {
        StatutoryClock clock = received("GDPR", "2026-05-05T10:00:00Z");
        Instant near = Instant.parse("2026-05-28T22:00:00Z");

        StatutoryClock extended = works("GDPR").extend(clock.ring(near).clock(), "dpo-1", "why", near);

        assertThat(extended.nextAlarm()).contains(Instant.parse("2026-07-28T22:00:00Z"));
        assertThat(extended.isNear(near)).isFalse();
    }

    @Test
    void onceTheWorkIsOverNothingRings() {
        StatutoryClock clock = received("CCPA", "2026-03-02T20:00:00Z");
        Instant due = Objects.requireNonNull(clock.dueAt());

        StatutoryClock intime = Clockwork.stop(clock, due);
        StatutoryClock late = Clockwork.stop(clock, due.plusMillis(1));

        assertThat(intime.nextAlarm()).isEmpty();
        assertThat(intime.ring(due.plus(Duration.ofDays(1))).alarms()).isEmpty();
        assertThat(intime.hasRunOut(due.plus(Duration.ofDays(1)))).isFalse();
        assertThat(late.hasRunOut(due)).isTrue();
        assertThat(Clockwork.stop(intime, due.plusMillis(1))).isEqualTo(intime);
    }

    @Test
    void timeRunsFromWhenThePublisherReceivedIt() {
        Instant now = Instant.parse("2026-05-20T10:00:00Z");

        assertThat(works("GDPR")
                        .received(Instant.parse("2026-05-05T10:00:00Z"), now, false)
                        .startedAt())
                .isEqualTo("2026-05-05T10:00:00Z");
        assertThat(works("GDPR").received(now.plusSeconds(3600), now, false).startedAt())
                .as("a publisher's clock that is ahead")
                .isEqualTo(now);
        assertThat(works("GDPR")
                        .received(Instant.ofEpochMilli(Long.MIN_VALUE), now, false)
                        .startedAt())
                .as("no date at all")
                .isEqualTo(now.minus(Duration.ofDays(3_650)));
    }

    @Test
    void directivesAreRememberedUpToABound() {
        StatutoryClock clock = received("GDPR", "2026-05-05T10:00:00Z");
        for (int i = 0; i < 65; i++) {
            clock = clock.having("o" + i);
        }

        assertThat(clock.knows("o64")).isTrue();
        assertThat(clock.knows("o1")).isTrue();
        assertThat(clock.knows("o0")).isFalse();
    }

    @Test
    void aLawWithoutATermHasNoClock() {
        assertThat(Clockwork.of(LAWS.find("NONE").orElseThrow())).isEmpty();
    }

    @Test
    void aCalendarThatRunsOutIsNamedInTime() {
        assertThat(LAWS.calendarsRunningOut(LocalDate.parse("2030-06-01"))).isEmpty();
        assertThat(LAWS.calendarsRunningOut(LocalDate.parse("2030-10-15")))
                .containsOnlyKeys("EU", "ENGLAND_AND_WALES", "US_FEDERAL")
                .containsEntry("EU", 2030);
        assertThat(LAWS.calendarsRunningOut(LocalDate.parse("2031-01-01"))).hasSize(3);
    }

    private static Clockwork works(String law) {
        return Clockwork.of(LAWS.find(law).orElseThrow()).orElseThrow();
    }

    private static StatutoryClock received(String law, String at) {
        return received(law, Instant.parse(at));
    }

    private static StatutoryClock received(String law, Instant at) {
        return works(law).received(at, at, false);
    }

    private static StatutoryClock pausedBetween(StatutoryClock clock, String from, String to) {
        return works("UK_GDPR").resume(works("UK_GDPR").pause(clock, Instant.parse(from)), Instant.parse(to));
    }

    private static LocalDate lastDay(String law, StatutoryClock clock) {
        return dayIn(law, clock.dueAt());
    }

    private static LocalDate dayIn(String law, @Nullable Instant at) {
        ZoneId zone = LAWS.find(law).orElseThrow().zone();
        assertThat(Objects.requireNonNull(at).plusMillis(1).atZone(zone).toLocalTime())
                .isEqualTo("00:00");
        return LocalDate.ofInstant(at, zone);
    }
}
