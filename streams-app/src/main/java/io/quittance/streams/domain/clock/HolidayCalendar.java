package io.quittance.streams.domain.clock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * Which days are working days. Beyond the years it knows it counts every weekday as one, which can only make a date
 * earlier than the law's, never later.
 *
 * @param weekend days of the week on which nobody works
 * @param firstYear first year whose holidays are all there
 * @param lastYear last year whose holidays are all there
 */
public record HolidayCalendar(
        String name, Set<DayOfWeek> weekend, Set<LocalDate> holidays, int firstYear, int lastYear) {
    public HolidayCalendar {
        weekend = Set.copyOf(weekend);
        holidays = Set.copyOf(holidays);
        if (weekend.size() == DayOfWeek.values().length) {
            throw new IllegalArgumentException("a week has a working day");
        }
    }

    /** Whether every holiday of that day's year is known. */
    public boolean knows(LocalDate day) {
        return day.getYear() >= firstYear && day.getYear() <= lastYear;
    }

    public boolean isWorkingDay(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek()) && !holidays.contains(day);
    }

    /** The day itself if it is a working day, else the next that is. */
    public LocalDate workingDayFrom(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /** The count-th working day after the day, which itself is not counted. */
    public LocalDate plusWorkingDays(LocalDate day, int count) {
        LocalDate last = day;
        for (int counted = 0; counted < count; counted++) {
            last = workingDayFrom(last.plusDays(1));
        }
        return last;
    }
}
