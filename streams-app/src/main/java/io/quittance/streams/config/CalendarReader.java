package io.quittance.streams.config;

import io.quittance.streams.domain.clock.HolidayCalendar;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads one calendar of a file of regimes. */
final class CalendarReader {
    private static final int LONGEST = 256;

    private CalendarReader() {}

    static HolidayCalendar read(YamlMapping yaml) {
        String name = yaml.text("name", 128);
        yaml.optional("source");
        Set<DayOfWeek> weekend = weekend(yaml);
        Set<LocalDate> holidays = new HashSet<>();
        TreeSet<Integer> years = new TreeSet<>();
        yaml.entries("holidays", (year, dates) -> holidays.addAll(holidays(year, dates, years)));
        yaml.refuseOtherKeys();
        if (years.isEmpty()) {
            return new HolidayCalendar(name, weekend, holidays, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (years.last() - years.first() >= years.size()) {
            yaml.keyNode("holidays").problem("'holidays' must not leave out a year; add it, with [] if it has none.");
        }
        return new HolidayCalendar(name, weekend, holidays, years.first(), years.last());
    }

    private static Set<DayOfWeek> weekend(YamlMapping yaml) {
        Set<DayOfWeek> weekend = new HashSet<>(
                yaml.list("weekend", node -> YamlMapping.choiceOf(node, "weekend", DayOfWeek.class, DayOfWeek.SUNDAY)));
        if (weekend.size() == DayOfWeek.values().length) {
            yaml.keyNode("weekend").problem("'weekend' must leave a working day.");
            return Set.of();
        }
        return weekend;
    }

    private static List<LocalDate> holidays(String year, YamlNode dates, Set<Integer> years) {
        if (!year.matches("[12]\\d{3}")) {
            dates.problem("'holidays' must have years as keys, such as 2026.");
            return List.of();
        }
        years.add(Integer.parseInt(year));
        List<YamlNode> elements = dates.elements().orElseGet(() -> {
            dates.problem("The holidays of a year must be a list of dates: [2026-01-01, 2026-12-25].");
            return List.of();
        });
        return elements.stream().map(node -> date(node, year)).toList();
    }

    private static LocalDate date(YamlNode node, String year) {
        String text = YamlMapping.textOf(node, "holidays", LONGEST);
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() != Integer.parseInt(year)) {
                node.problem("This date is not in the year " + year + "; move it to its own.");
            }
            return date;
        } catch (DateTimeException unreadable) {
            node.problem("A holiday must be a date such as 2026-12-25.");
            return LocalDate.EPOCH;
        }
    }
}
