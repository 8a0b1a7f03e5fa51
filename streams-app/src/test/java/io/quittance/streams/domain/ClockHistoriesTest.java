package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.config.RegimesReader;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.clock.Alarm;
import io.quittance.streams.domain.clock.HolidayCalendar;
import io.quittance.streams.domain.clock.Regime;
import io.quittance.streams.domain.clock.Regimes;
import io.quittance.streams.domain.clock.StatutoryClock;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of one request under the laws that come with the application: time goes on, and sometimes back by an
 * hour; orders come, and come again. Held against a due date reckoned another way, by walking through the days.
 */
class ClockHistoriesTest {
    private static final String R = "r1";
    private static final Regimes LAWS = RegimesReader.builtIn();
    private static final List<String> NAMES = List.of("GDPR", "UK_GDPR", "CCPA", "LGPD");
    private static final List<DirectiveKind> ORDERS = List.of(
            DirectiveKind.EXTEND, DirectiveKind.PAUSE_CLOCK, DirectiveKind.RESUME_CLOCK, DirectiveKind.ACKNOWLEDGE);

    /** What the history has led to, kept beside the pipeline. */
    private static final class Model {
        private final Regime law;
        private @Nullable LocalDate start;
        private @Nullable LocalDate pausedOn;
        private int daysPaused;
        private int extensions;

        private Model(Regime law) {
            this.law = law;
        }

        private LocalDate day(Instant at) {
            return LocalDate.ofInstant(at, law.zone());
        }

        private @Nullable Instant answerBy() {
            return start == null || pausedOn != null ? null : endOf(lastDay(start));
        }

        private LocalDate lastDay(LocalDate from) {
            LocalDate day = from;
            switch (law.name()) {
                case "CCPA" -> day = walk(from, 45 + 45 * extensions);
                case "LGPD" -> day = walk(from, 15);
                default -> day = sameDayMonthsLater(from, 1 + 2 * extensions);
            }
            day = walk(day, daysPaused);
            while (law.name().endsWith("GDPR") && !isWorked(day)) {
                day = walk(day, 1);
            }
            return day;
        }

        private boolean isWorked(LocalDate day) {
            HolidayCalendar calendar = law.calendar();
            return day.getDayOfWeek().getValue() < 6 && !calendar.holidays().contains(day);
        }

        private Instant endOf(LocalDate day) {
            ZoneId zone = law.zone();
            Instant at = day.atTime(12, 0).atZone(zone).toInstant().truncatedTo(ChronoUnit.HOURS);
            while (LocalDate.ofInstant(at.plusSeconds(3600), zone).equals(day)) {
                at = at.plusSeconds(3600);
            }
            return at.plusSeconds(3600).minusMillis(1);
        }

        private static LocalDate walk(LocalDate from, int days) {
            LocalDate day = from;
            for (int i = 0; i < days; i++) {
                day = day.plusDays(1);
            }
            return day;
        }

        private static LocalDate sameDayMonthsLater(LocalDate from, int months) {
            LocalDate first = from.withDayOfMonth(1);
            for (int i = 0; i < months; i++) {
                first = first.plusDays(first.lengthOfMonth());
            }
            return first.withDayOfMonth(Math.min(from.getDayOfMonth(), first.lengthOfMonth()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 2_000, 3_000})
    void theDueDateIsTheOneReckonedByHandAndNothingIsToldTwice(long block) {
        for (long seed = block; seed < block + 500; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        var random = new Random(seed);
        Regime law = LAWS.find(NAMES.get(random.nextInt(NAMES.size()))).orElseThrow();
        boolean proves = random.nextBoolean();
        Scenario told = Scenario.given()
                .settings(Settings.DEFAULTS.with(LAWS))
                .rule(asking().answerWithin(Duration.ofDays(2_000))
                        .verified(proves ? 1 : 0, false)
                        .proofWithin(Duration.ofDays(2_000)))
                .unobserved(Duration.ofHours(random.nextInt(24 * 700)));
        var model = new Model(law);
        told.submit(under(law.name(), told.now()));
        if (!proves || law.answer().starts() == Regime.Start.RECEIPT) {
            model.start = model.day(told.now());
        }
        var sent = new ArrayList<Command.Direct>();
        for (int step = 0; step < 40; step++) {
            step(told, model, random, sent, proves);
            StatutoryClock clock = told.theCase(R).clock();
            assertThat(clock.answerBy()).as("seed %d step %d", seed, step).isEqualTo(model.answerBy());
        }
        told.withdraw(R);
        assertThat(told.due()).as("timers left, seed %d", seed).isNull();
        assertNothingToldTwice(told, seed);
    }

    private static void step(Scenario told, Model model, Random random, List<Command.Direct> sent, boolean proves) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> told.after(Duration.ofHours(random.nextInt(24 * 9)));
            case 3 -> told.after(Duration.ofHours(-1));
            case 4 -> {
                if (proves && random.nextInt(3) == 0) {
                    told.prove(R, Verification.Kind.IDENTITY, 1);
                    model.start = model.start == null ? model.day(told.now()) : model.start;
                }
            }
            case 5 -> {
                if (!sent.isEmpty()) {
                    told.apply(sent.get(random.nextInt(sent.size()))).thenNothingFollows();
                }
            }
            default -> {
                DirectiveKind kind = ORDERS.get(random.nextInt(ORDERS.size()));
                var order = new Command.Direct(R, "o" + sent.size(), kind, "legal", "because", Scope.EVERYTHING, null);
                sent.add(order);
                told.apply(order);
                if (told.last().refusal() == null) {
                    follow(model, kind, told.now());
                }
            }
        }
    }

    private static void follow(Model model, DirectiveKind kind, Instant now) {
        if (kind == DirectiveKind.EXTEND) {
            model.extensions++;
            assertThat(model.extensions).isEqualTo(1);
            assertThat(model.law.name()).isNotEqualTo("LGPD");
        } else if (kind == DirectiveKind.PAUSE_CLOCK) {
            assertThat(model.law.name()).isEqualTo("UK_GDPR");
            model.pausedOn = model.day(now);
        } else if (kind == DirectiveKind.RESUME_CLOCK) {
            for (LocalDate day = model.pausedOn; day.isBefore(model.day(now)); day = day.plusDays(1)) {
                model.daysPaused++;
            }
            model.pausedOn = null;
        }
    }

    private static void assertNothingToldTwice(Scenario told, long seed) {
        Set<String> alarms = Set.of(
                Alarm.ACKNOWLEDGEMENT_DUE.name(),
                Alarm.ACKNOWLEDGEMENT_MISSED.name(),
                Alarm.DEADLINE_NEAR.name(),
                Alarm.DEADLINE_MISSED.name());
        Map<String, Integer> times = new HashMap<>();
        for (Effect.Notify notice : told.effects(Effect.Notify.class)) {
            if (alarms.contains(notice.code())) {
                var clock = notice.about().clock();
                String what = notice.code() + (notice.code().equals("DEADLINE_NEAR") ? " " + clock.dueAt() : "");
                times.merge(what, 1, Integer::sum);
            }
        }
        assertThat(times.values()).as("told twice, seed %d: %s", seed, times).allMatch(count -> count == 1);
    }

    private static Submission under(String law, Instant at) {
        Submission plain = Scenario.submission(R, Action.EXPORT, Scope.EVERYTHING, Map.of("customer_id", "42"));
        return new Submission(
                plain.requestId(),
                plain.subjectId(),
                plain.action(),
                law,
                plain.requester(),
                plain.purpose(),
                plain.channel(),
                plain.scope(),
                plain.identifiers(),
                at,
                null);
    }
}
