package io.quittance.streams.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private static final Calendar BERLIN = new Calendar(
            "berlin",
            ZoneId.of("Europe/Berlin"),
            WEEKDAYS,
            Duration.ofHours(9),
            Duration.ofHours(17).plusMinutes(30),
            // Christmas, and Boxing Day on a Saturday
            new TreeSet<>(List.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26"))),
            List.of(new Calendar.Period(
                    "peak", Instant.parse("2026-11-27T12:00:00Z"), Instant.parse("2026-11-30T12:00:00Z"))));

    private static final Calendar ALWAYS_IN_SYDNEY = new Calendar(
            "sydney",
            ZoneId.of("Australia/Sydney"),
            EnumSet.allOf(DayOfWeek.class),
            Duration.ZERO,
            Duration.ofHours(24),
            new TreeSet<>(),
            List.of());

    @ParameterizedTest
    @CsvSource({
        // Monday, in winter one hour ahead of UTC
        "2026-11-23T07:59:59.999Z, false",
        "2026-11-23T08:00:00Z, true",
        "2026-11-23T16:29:59Z, true",
        "2026-11-23T16:30:00Z, false",
        // two hours ahead in summer, also on the Monday after the clock went forward
        "2026-03-30T07:00:00Z, true",
        "2026-03-30T06:59:59Z, false",
        "2026-03-27T07:30:00Z, false",
        // after it went back
        "2026-10-26T07:30:00Z, false",
        "2026-10-26T08:00:00Z, true",
        // weekend, holiday, closed
        "2026-11-22T10:00:00Z, false",
        "2026-12-25T10:00:00Z, false",
        "2026-11-27T11:59:59Z, true",
        "2026-11-27T12:00:00Z, false",
        "2026-11-30T12:00:00Z, true",
    })
    void businessTimeIsByTheWallClockThere(Instant time, boolean expected) {
        assertThat(BERLIN.isBusinessTime(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // the day on which Sydney's clock goes forward has 23 hours, the one on which it goes back 25
        "2026-10-03T14:00:00Z",
        "2026-10-03T15:59:59Z",
        "2026-10-03T16:00:00Z",
        "2026-04-04T15:30:00Z",
        "2026-04-04T16:30:00Z",
        "2026-12-31T12:59:59Z",
        "2026-12-31T13:00:00Z",
        "1883-01-01T00:00:00Z",
        "+12026-12-31T13:00:00Z"
    })
    void aDayFromMidnightToMidnightLeavesNoGap(Instant time) {
        assertThat(ALWAYS_IN_SYDNEY.isBusinessTime(time)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T11:59:59.999Z, false",
        "2026-11-27T12:00:00Z, true",
        "2026-11-30T11:59:59Z, true",
        "2026-11-30T12:00:00Z, false"
    })
    void aClosedPeriodHasItsFirstMomentAndNotItsLast(Instant time, boolean closed) {
        assertThat(BERLIN.isClosed(time)).isEqualTo(closed);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T20:00:00Z, 0",
        "2026-11-20T10:00:00Z, 2026-11-22T10:00:00Z, 0",
        "2026-11-20T10:00:00Z, 2026-11-23T00:00:00Z, 1",
        "2026-11-21T10:00:00Z, 2026-11-28T10:00:00Z, 5",
        "2026-11-23T10:00:00Z, 2026-12-07T10:00:00Z, 10",
        "2026-11-23T10:00:00Z, 2026-11-20T10:00:00Z, -1",
        // Christmas counts once, Boxing Day on a Saturday not at all
        "2026-12-24T10:00:00Z, 2026-12-28T10:00:00Z, 1",
        "2026-12-21T10:00:00Z, 2027-01-01T10:00:00Z, 8",
        // midnight in Berlin, not in London: Sunday evening there is Monday here
        "2026-11-22T22:59:59Z, 2026-11-23T22:59:59Z, 1",
        "2026-11-22T23:00:00Z, 2026-11-23T22:59:59Z, 0",
        // over both changes of the clock
        "2026-03-27T23:30:00Z, 2026-03-30T22:30:00Z, 2",
        "2026-10-23T22:30:00Z, 2026-10-26T23:30:00Z, 2",
        "2028-02-28T10:00:00Z, 2028-03-01T10:00:00Z, 2",
    })
    void businessDaysAreThoseAfterTheFirstDateUpToTheSecond(Instant from, Instant to, long days) {
        assertThat(BERLIN.businessDays(from, to)).isEqualTo(days);
    }

    @Test
    void countingIsTheSameAsLookingAtEachDay() {
        Instant from = Instant.parse("2026-11-19T12:00:00Z");

        for (int length = 0; length < 500; length++) {
            Instant to = from.plus(Duration.ofDays(length));
            LocalDate first = LocalDate.parse("2026-11-20");
            long oneByOne = first.datesUntil(first.plusDays(length))
                    .filter(date -> WEEKDAYS.contains(date.getDayOfWeek()))
                    .filter(date -> !BERLIN.holidays().contains(date))
                    .count();
            assertThat(BERLIN.businessDays(from, to)).isEqualTo(oneByOne);
        }
    }

    @Test
    void timesThatAreEndlesslyFarAwayAreCountedAtOnce() {
        assertThat(BERLIN.businessDays(Instant.ofEpochMilli(0), Instant.ofEpochMilli(Long.MAX_VALUE)))
                .isGreaterThan(70_000_000_000L);
    }
}
