package io.quittance.streams.domain.clock;

import java.time.LocalDate;

/** A length of time as laws give it. */
public record Term(int count, Unit unit) {

    /** What is counted. */
    public enum Unit {
        /** Calendar months: to the same day of the month, or its last where there is none (31 January, 28 February). */
        MONTHS,
        /** Calendar days. */
        DAYS,
        /** Days that are neither weekend nor holiday. */
        BUSINESS_DAYS
    }

    /** The last day of the term; the day of the event itself is not counted. */
    public LocalDate lastDay(LocalDate event, HolidayCalendar calendar) {
        return switch (unit) {
            case MONTHS -> event.plusMonths(count);
            case DAYS -> event.plusDays(count);
            case BUSINESS_DAYS -> calendar.plusWorkingDays(event, count);
        };
    }
}
