package io.quittance.streams.domain.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Business days and hours of a place, and times when nothing is to be changed; conditions name it. Days and hours are
 * those of the wall clock there, so a day on which the clock changes is a day like any other.
 *
 * @param zone whose wall clock counts
 * @param days days of the week on which there is business
 * @param opens since midnight
 * @param closes since midnight, after opens; 24 hours for the end of the day
 * @param holidays dates without business
 */
public record Calendar(
        String name,
        ZoneId zone,
        Set<DayOfWeek> days,
        Duration opens,
        Duration closes,
        NavigableSet<LocalDate> holidays,
        List<Period> closed) {

    private static final int WEEK = 7;

    public Calendar {
        days = Set.copyOf(days);
        holidays = Collections.unmodifiableNavigableSet(new TreeSet<>(holidays));
        closed = List.copyOf(closed);
    }

    /** A stretch of time: its first moment, and the first moment after it. */
    public record Period(String name, Instant from, Instant to) {
        boolean includes(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** Whether it lies in one of the closed periods. */
    public boolean isClosed(Instant time) {
        return closed.stream().anyMatch(period -> period.includes(time));
    }

    /** Whether people are at work: a business day, within its hours, and in none of the closed periods. */
    public boolean isBusinessTime(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        return isBusinessDay(local.toLocalDate()) && isWithinHours(local.toLocalTime()) && !isClosed(time);
    }

    /**
     * How many business days lie after one moment's date and up to another's: from a Friday to the Monday after it is
     * 1. Negative where the second is earlier. Closed periods do not change the count.
     */
    public long businessDays(Instant from, Instant to) {
        if (to.isBefore(from)) {
            return -businessDays(to, from);
        }
        LocalDate first = dateOf(from).plusDays(1);
        LocalDate afterLast = dateOf(to).plusDays(1);
        return workingDays(first, afterLast) - holidaysBetween(first, afterLast);
    }

    private boolean isBusinessDay(LocalDate date) {
        return days.contains(date.getDayOfWeek()) && !holidays.contains(date);
    }

    private boolean isWithinHours(LocalTime time) {
        Duration sinceMidnight = Duration.ofNanos(time.toNanoOfDay());
        return sinceMidnight.compareTo(opens) >= 0 && sinceMidnight.compareTo(closes) < 0;
    }

    private LocalDate dateOf(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    /** Whole weeks are multiplied: a publisher may name a time millions of days away. */
    private long workingDays(LocalDate first, LocalDate afterLast) {
        long length = afterLast.toEpochDay() - first.toEpochDay();
        long rest = first.datesUntil(first.plusDays(length % WEEK))
                .filter(date -> days.contains(date.getDayOfWeek()))
                .count();
        return length / WEEK * days.size() + rest;
    }

    private long holidaysBetween(LocalDate first, LocalDate afterLast) {
        if (!first.isBefore(afterLast)) {
            return 0;
        }
        return holidays.subSet(first, afterLast).stream()
                .filter(date -> days.contains(date.getDayOfWeek()))
                .count();
    }
}
