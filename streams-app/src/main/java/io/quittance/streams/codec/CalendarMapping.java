package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.schema.Period;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.policy.Calendar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The calendars of a policy, checked. */
final class CalendarMapping {
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d|24:00";
    private static final int MOST_CALENDARS = 50;
    private static final int MOST_DATES = 5_000;

    private CalendarMapping() {}

    static List<Calendar> calendars(List<io.quittance.schema.Calendar> calendars) {
        Require.range("calendars: their number", calendars.size(), 0, MOST_CALENDARS);
        Require.distinct("calendars", each(calendars, io.quittance.schema.Calendar::getName));
        return each(calendars, CalendarMapping::calendar);
    }

    private static Calendar calendar(io.quittance.schema.Calendar calendar) {
        Duration opens = time("calendars.opens", calendar.getOpens());
        Duration closes = time("calendars.closes", calendar.getCloses());
        Require.that(opens.compareTo(closes) < 0, "a calendar closes before it opens");
        Require.that(!calendar.getDays().isEmpty(), "a calendar has no days");
        Require.range("calendars.holidays: their number", calendar.getHolidays().size(), 0, MOST_DATES);
        Require.range("calendars.closed: their number", calendar.getClosed().size(), 0, MOST_DATES);
        return new Calendar(
                Require.name("calendars.name", calendar.getName(), Door.MAX_TEXT),
                parsed("calendars.zone", calendar.getZone(), ZoneId::of),
                new HashSet<>(each(calendar.getDays(), CalendarMapping::day)),
                opens,
                closes,
                new TreeSet<>(
                        each(calendar.getHolidays(), date -> parsed("calendars.holidays", date, LocalDate::parse))),
                each(calendar.getClosed(), CalendarMapping::period));
    }

    private static DayOfWeek day(String name) {
        Require.that(
                Arrays.stream(DayOfWeek.values()).anyMatch(day -> day.name().equals(name)),
                "calendars.days has something that is no day of the week");
        return DayOfWeek.valueOf(name);
    }

    private static Duration time(String field, String text) {
        Require.that(text.matches(TIME), field + " is no time of day, such as 09:00");
        return Duration.ofHours(Integer.parseInt(text.substring(0, 2)))
                .plusMinutes(Integer.parseInt(text.substring(3)));
    }

    private static Calendar.Period period(Period period) {
        Require.that(period.getFrom().isBefore(period.getTo()), "a closed period of a calendar ends before it begins");
        return new Calendar.Period(
                Require.text("calendars.closed.name", period.getName(), Door.MAX_TEXT),
                Require.time("calendars.closed.from", period.getFrom()),
                Require.time("calendars.closed.to", period.getTo()));
    }

    private static <T> T parsed(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException senseless) {
            throw new InvalidRecordException("The record was refused: " + field + " has something that is none.");
        }
    }
}
