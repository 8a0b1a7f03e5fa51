package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.schema.Calendar;
import io.quittance.schema.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CalendarMappingTest {

    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void aCalendarIsReadWhole() {
        assertThat(CalendarMapping.calendars(List.of(office()))).singleElement().satisfies(calendar -> {
            assertThat(calendar.name()).isEqualTo("office");
            assertThat(calendar.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
            assertThat(calendar.days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
            assertThat(calendar.opens()).isEqualTo(Duration.ofMinutes(8 * 60 + 30));
            assertThat(calendar.closes()).isEqualTo(Duration.ofHours(24));
            assertThat(calendar.holidays()).containsExactly(LocalDate.parse("2026-12-25"));
            assertThat(calendar.isClosed(NEW_YEAR)).isTrue();
            assertThat(calendar.isClosed(NEW_YEAR.plusSeconds(60))).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource
    void whatMakesNoSenseIsRefused(String why, Consumer<Calendar> mistake) {
        Calendar calendar = office();
        mistake.accept(calendar);

        assertThatThrownBy(() -> CalendarMapping.calendars(List.of(calendar)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining(why);
    }

    static Stream<Arguments> whatMakesNoSenseIsRefused() {
        return Stream.of(
                mistake("calendars.name", calendar -> calendar.setName("")),
                mistake("calendars.zone", calendar -> calendar.setZone("Mars/Olympus")),
                mistake("has no days", calendar -> calendar.setDays(List.of())),
                mistake("no day of the week", calendar -> calendar.setDays(List.of("MON"))),
                mistake("calendars.opens", calendar -> calendar.setOpens("8:30")),
                mistake("calendars.closes", calendar -> calendar.setCloses("24:30")),
                mistake("closes before it opens", calendar -> calendar.setCloses("08:30")),
                mistake("calendars.holidays", calendar -> calendar.setHolidays(List.of("2026-02-30"))),
                mistake(
                        "calendars.closed.from",
                        calendar -> calendar.setClosed(List.of(new Period("", Instant.ofEpochMilli(-1), NEW_YEAR)))),
                mistake(
                        "calendars.closed.to",
                        calendar -> calendar.setClosed(
                                List.of(new Period("", NEW_YEAR, Instant.ofEpochMilli(Long.MAX_VALUE))))),
                mistake(
                        "ends before it begins",
                        calendar -> calendar.setClosed(List.of(new Period("", NEW_YEAR, NEW_YEAR)))));
    }

    @Test
    void namesAreUnique() {
        assertThatThrownBy(() -> CalendarMapping.calendars(List.of(office(), office())))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("calendars has the same entry twice");
    }

    private static Arguments mistake(String why, Consumer<Calendar> mistake) {
        return Arguments.of(why, mistake);
    }

    private static Calendar office() {
        return Calendar.newBuilder()
                .setName("office")
                .setZone("Europe/Berlin")
                .setDays(List.of("SUNDAY", "MONDAY"))
                .setOpens("08:30")
                .setHolidays(List.of("2026-12-25"))
                .setClosed(List.of(new Period("", NEW_YEAR, NEW_YEAR.plusSeconds(60))))
                .build();
    }
}
