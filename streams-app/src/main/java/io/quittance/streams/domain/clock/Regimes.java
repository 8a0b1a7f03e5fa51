package io.quittance.streams.domain.clock;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The laws a request may be made under, by name. */
public final class Regimes {
    private final Map<String, Regime> byName;

    public Regimes(Collection<Regime> regimes) {
        byName = regimes.stream().collect(Collectors.toUnmodifiableMap(Regime::name, Function.identity()));
    }

    /** Names alone: no clock runs under any of them, and none has words for a refusal. */
    public static Regimes withoutClocks(String... names) {
        var everyDay = new HolidayCalendar("", Set.of(), Set.of(), Integer.MIN_VALUE, Integer.MAX_VALUE);
        return new Regimes(Arrays.stream(names)
                .map(name -> new Regime(name, name, ZoneOffset.UTC, everyDay, null, null, null, null, List.of()))
                .toList());
    }

    public Optional<Regime> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Only those of these names. */
    public Regimes only(Collection<String> names) {
        return new Regimes(byName.values().stream()
                .filter(one -> names.contains(one.name()))
                .toList());
    }

    /**
     * Calendars whose holidays are not known as far as a request made on that day may need them, with the last year
     * that is known. Dates beyond it are computed as if there were no holidays: earlier, never later.
     */
    public Map<String, Integer> calendarsRunningOut(LocalDate today) {
        return byName.values().stream()
                .filter(regime -> regime.answer() != null)
                .filter(regime ->
                        !regime.calendar().knows(today) || !regime.calendar().knows(furthest(regime, today)))
                .map(Regime::calendar)
                .collect(Collectors.toMap(HolidayCalendar::name, HolidayCalendar::lastYear, Math::min, TreeMap::new));
    }

    private static LocalDate furthest(Regime regime, LocalDate today) {
        Regime.Answer answer = regime.answer();
        Regime.Extension extension = regime.extension();
        LocalDate last = answer == null ? today : answer.within().lastDay(today, regime.calendar());
        for (int times = extension == null ? 0 : extension.times(); times > 0 && extension != null; times--) {
            last = extension.by().lastDay(last, regime.calendar());
        }
        return last;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regimes regimes && byName.equals(regimes.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return new TreeSet<>(names()).toString();
    }
}
