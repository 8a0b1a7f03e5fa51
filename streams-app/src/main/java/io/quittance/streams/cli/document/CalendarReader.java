package io.quittance.streams.cli.document;

import io.quittance.schema.Calendar;
import io.quittance.schema.Period;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the calendars of a policy. */
final class CalendarReader {

    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d|24:00");
    private static final int MOST_CALENDARS = 50;
    private static final int MOST_DATES = 5_000;
    private static final String MIDNIGHT = "00:00";
    private static final String END_OF_DAY = "24:00";

    private final Set<String> names = new HashSet<>();

    /** The calendars, in their order. */
    List<Calendar> read(YamlMapping policy) {
        List<Calendar> calendars = policy.list("calendars", this::calendar);
        refuseMoreThan(MOST_CALENDARS, policy, "calendars", calendars);
        return calendars;
    }

    private Calendar calendar(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        Calendar calendar = Calendar.newBuilder()
                .setName(name(yaml))
                .setZone(zone(yaml))
                .setDays(yaml.requiredList("days", CalendarReader::day))
                .setOpens(time(yaml, "opens", MIDNIGHT))
                .setCloses(time(yaml, "closes", END_OF_DAY))
                .setHolidays(yaml.list("holidays", CalendarReader::date))
                .setClosed(yaml.list("closed", CalendarReader::period))
                .build();
        boolean hours = TIME.matcher(calendar.getOpens()).matches()
                && TIME.matcher(calendar.getCloses()).matches();
        if (hours && calendar.getOpens().compareTo(calendar.getCloses()) >= 0) {
            yaml.keyNode(yaml.has("closes") ? "closes" : "opens")
                    .problem("'opens' must be before 'closes'; hours over midnight are two calendars.");
        }
        refuseRepetitions(yaml, "days", calendar.getDays());
        refuseRepetitions(yaml, "holidays", calendar.getHolidays());
        refuseMoreThan(MOST_DATES, yaml, "holidays", calendar.getHolidays());
        refuseMoreThan(MOST_DATES, yaml, "closed", calendar.getClosed());
        yaml.refuseOtherKeys();
        return calendar;
    }

    private String name(YamlMapping yaml) {
        String name = yaml.text("name", PolicyReader.LONGEST_NAME);
        if (!name.isBlank() && !names.add(name)) {
            yaml.optional("name")
                    .ifPresent(at -> at.problem("The calendar '" + name + "' is here twice; names are unique."));
        }
        return name;
    }

    private static String zone(YamlMapping yaml) {
        String zone = yaml.text("zone", PolicyReader.LONGEST_NAME);
        if (!zone.isBlank() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            yaml.optional("zone")
                    .ifPresent(at -> at.problem("'zone' must be a time zone such as Europe/Berlin or UTC."));
        }
        return zone;
    }

    private static String day(YamlNode node) {
        String day = node.scalar().orElse("");
        boolean known =
                Arrays.stream(DayOfWeek.values()).anyMatch(of -> of.name().equals(day));
        if (!known) {
            node.problem("A day is one of "
                    + Arrays.stream(DayOfWeek.values()).map(Enum::name).collect(Collectors.joining(", ")) + ".");
        }
        return day;
    }

    private static String time(YamlMapping yaml, String key, String otherwise) {
        String time = yaml.text(key, END_OF_DAY.length(), otherwise);
        if (!TIME.matcher(time).matches()) {
            yaml.optional(key)
                    .ifPresent(at -> at.problem(
                            "'" + key + "' must be a time of day in quotes, such as \"09:00\" or \"24:00\"."));
        }
        return time;
    }

    private static String date(YamlNode node) {
        String text = node.scalar().orElse("");
        parsed(text, LocalDate::parse)
                .ifPresentOrElse(date -> {}, () -> node.problem("A holiday is a date, such as 2026-12-25."));
        return text;
    }

    private static Period period(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        Instant from = instant(yaml, "from");
        Instant to = instant(yaml, "to");
        Period period = new Period(yaml.text("name", PolicyReader.LONGEST_NAME, ""), from, to);
        if (yaml.has("to") && !from.isBefore(to)) {
            yaml.keyNode("to").problem("'to' must be after 'from'.");
        }
        yaml.refuseOtherKeys();
        return period;
    }

    private static Instant instant(YamlMapping yaml, String key) {
        String text = yaml.text(key, 64);
        Optional<Instant> instant =
                parsed(text, time -> OffsetDateTime.parse(time).toInstant());
        if (instant.isEmpty()) {
            yaml.optional(key)
                    .ifPresent(at -> at.problem("'" + key + "' must be a time with its offset, such as"
                            + " 2026-11-27T00:00:00+01:00 or 2026-11-27T00:00:00Z."));
        }
        return instant.orElse(key.equals("from") ? Instant.EPOCH : Instant.EPOCH.plusSeconds(1));
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }

    private static void refuseMoreThan(int most, YamlMapping yaml, String key, List<?> values) {
        if (values.size() > most) {
            yaml.keyNode(key).problem("'" + key + "' has more than " + most + " entries.");
        }
    }

    private static void refuseRepetitions(YamlMapping yaml, String key, List<String> values) {
        Set<String> seen = new HashSet<>();
        values.stream()
                .filter(value -> !seen.add(value))
                .forEach(value -> yaml.keyNode(key).problem("'" + key + "' has " + value + " twice."));
    }
}
