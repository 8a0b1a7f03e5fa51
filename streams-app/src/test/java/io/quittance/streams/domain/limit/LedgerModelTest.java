package io.quittance.streams.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.limit.Limit.Rate;
import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories, each a function of its seed, held against a model that keeps plain lists and looks through all of
 * them every time. The ledger is built again from its rows at random moments.
 */
class LedgerModelTest {
    private static final int HISTORIES = 1_000;
    private static final int STEPS = 120;
    private static final List<String> SYSTEMS = List.of("shop", "crm", "archive");

    @ParameterizedTest
    @ValueSource(longs = {0, 10_000, 20_000, 30_000})
    void theLedgerDoesWhatTheModelDoes(long block) {
        for (long seed = block; seed < block + HISTORIES; seed++) {
            new History(seed).run();
        }
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final Map<String, Entry> rows = new HashMap<>();
        private final Map<Long, Start> startRows = new HashMap<>();
        private final List<Model> claims = new ArrayList<>();
        private final Set<String> moved = new HashSet<>();
        private final Map<String, Instant> movedAt = new HashMap<>();
        private final List<Went> wentOut = new ArrayList<>();
        private List<Limit> limits;
        private Ledger ledger = new Ledger();
        private Instant now = Instant.parse("2026-03-01T10:00:00Z");
        private Instant latest = Instant.MIN;
        private int made;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.limits = limits();
            keep(ledger.govern(Limits.of(limits)));
        }

        /** A claim as the model sees it. */
        private static final class Model {
            Claim claim;

            @Nullable
            Went went;

            Model(Claim claim) {
                this.claim = claim;
            }
        }

        /** An attempt that went out; forgotten once no rate counts it. */
        private static final class Went {
            final Work work;
            final Instant at;
            boolean known;

            Went(Work work, Instant at, boolean known) {
                this.work = work;
                this.at = at;
                this.known = known;
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> claim();
                    case 4, 5, 6 -> release();
                    case 7 -> repeat();
                    case 8 -> now = now.plusSeconds(random.nextInt(40));
                    case 9 -> restart();
                    case 10 -> now = random.nextInt(4) == 0 ? now.minusSeconds(random.nextInt(60)) : now;
                    default -> govern();
                }
                give();
                assertNeverOver();
            }
            everybodyGoesInTheEnd();
        }

        private void claim() {
            Work work = new Work(SYSTEMS.get(random.nextInt(3)), random.nextBoolean() ? Action.DELETE : Action.EXPORT);
            Instant deadline = random.nextInt(4) == 0 ? null : now.plusSeconds(random.nextInt(5) * 100L);
            String id = "c" + made++;
            var claim = new Claim(id, "r", "s", work, 1, deadline);
            claims.add(new Model(claim));
            keep(ledger.claim(claim));
        }

        private void release() {
            if (!claims.isEmpty()) {
                Model model = claims.remove(random.nextInt(claims.size()));
                if (model.went != null) {
                    givesBack(model);
                }
                boolean unused = model.went == null || random.nextInt(3) == 0;
                if (unused && model.went != null) {
                    wentOut.remove(model.went);
                }
                keep(ledger.release(model.claim.claimId(), unused));
            }
        }

        private void givesBack(Model model) {
            limits.stream().filter(limit -> limit.covers(model.claim.work())).forEach(limit -> moved.add(limit.name()));
        }

        private void repeat() {
            if (!claims.isEmpty()) {
                Model model = claims.get(random.nextInt(claims.size()));
                if (model.went == null && random.nextBoolean()) {
                    extend(model);
                    return;
                }
                Moves moves = ledger.claim(model.claim);
                assertThat(moves.changes()).as("seed %d", seed).isEmpty();
                assertThat(moves.permits()).as("seed %d", seed).hasSize(model.went == null ? 0 : 1);
            }
        }

        private void extend(Model model) {
            Claim was = model.claim;
            model.claim = new Claim(was.claimId(), "r", "s", was.work(), 1, now.plusSeconds(random.nextInt(5) * 100L));
            keep(ledger.claim(model.claim));
        }

        private void restart() {
            ledger = new Ledger();
            rows.values().forEach(ledger::restore);
            startRows.values().forEach(ledger::restore);
            keep(ledger.govern(Limits.of(limits)));
            moved.clear();
            movedAt.clear();
            // The model's time too is what the rows tell.
            latest = wentOutAsKept();
        }

        private Instant wentOutAsKept() {
            return Stream.concat(
                            rows.values().stream().map(Entry::permittedAt).filter(at -> at != null),
                            startRows.values().stream().map(Start::at))
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
        }

        private void govern() {
            if (random.nextInt(4) == 0) {
                limits = limits();
                moved.clear();
                movedAt.clear();
                forget();
                wentOut.forEach(went -> went.known = went.known
                        && limits.stream().anyMatch(limit -> limit.rate() != null && limit.covers(went.work)));
                keep(ledger.govern(Limits.of(limits)));
            }
        }

        private void give() {
            Map<String, Long> before = new HashMap<>();
            limits.forEach(limit -> before.put(limit.name(), limit.rate() == null ? 0 : started(limit)));
            latest = latest.isAfter(now) ? latest : now;
            forget();
            limits.stream()
                    .filter(limit -> limit.rate() != null && started(limit) < before.get(limit.name()))
                    .forEach(limit -> moved.add(limit.name()));
            moved.forEach(name -> movedAt.put(name, latest));
            moved.clear();
            List<String> expected = new ArrayList<>();
            for (Model next = next(); next != null; next = next()) {
                next.went = new Went(next.claim.work(), latest, isRated(next.claim.work()));
                wentOut.add(next.went);
                expected.add(next.claim.claimId());
            }
            Moves moves = ledger.give(now, Integer.MAX_VALUE);
            keep(moves);
            assertThat(moves.permits())
                    .as("seed %d", seed)
                    .extracting(permit -> permit.claim().claimId())
                    .isEqualTo(expected);
        }

        /** The first of those whose limits all have room. */
        private @Nullable Model next() {
            Model best = null;
            for (Model model : claims) {
                boolean mayGo = model.went == null
                        && limits.stream()
                                .filter(limit -> limit.covers(model.claim.work()))
                                .allMatch(limit -> room(limit) > (isKeptFromIn(limit, model) ? 1 : 0));
                if (mayGo && (best == null || before(model, best))) {
                    best = model;
                }
            }
            return best;
        }

        private long room(Limit limit) {
            return Math.min(most(limit) - out(limit), rate(limit) - started(limit));
        }

        /** One of several places, for the first in line, while all that it lacks has moved in the last two seconds. */
        private boolean isKeptFromIn(Limit limit, Model model) {
            Model first = null;
            for (Model other : claims) {
                if (other.went == null && limit.covers(other.claim.work()) && (first == null || before(other, first))) {
                    first = other;
                }
            }
            if (first == null || most(limit) == 1 || rate(limit) == 1 || sameLimits(first, model)) {
                return false;
            }
            Work work = first.claim.work();
            List<Limit> full = limits.stream()
                    .filter(one -> one.covers(work) && room(one) <= 0)
                    .toList();
            return !full.isEmpty()
                    && full.stream()
                            .allMatch(one -> movedAt.containsKey(one.name())
                                    && movedAt.get(one.name()).plusSeconds(2).isAfter(latest));
        }

        private boolean sameLimits(Model one, Model other) {
            return limits.stream()
                    .allMatch(limit -> limit.covers(one.claim.work()) == limit.covers(other.claim.work()));
        }

        private static boolean before(Model one, Model other) {
            Instant mine = one.claim.deadline();
            Instant theirs = other.claim.deadline();
            return mine != null && (theirs == null || mine.isBefore(theirs));
        }

        private long out(Limit limit) {
            return claims.stream()
                    .filter(model -> model.went != null && limit.covers(model.claim.work()))
                    .count();
        }

        private long started(Limit limit) {
            return wentOut.stream()
                    .filter(went -> went.known && limit.covers(went.work) && inWindow(limit, went))
                    .count();
        }

        private boolean inWindow(Limit limit, Went went) {
            return limit.rate() != null && went.at.plus(limit.rate().window()).isAfter(latest);
        }

        private boolean isRated(Work work) {
            return limits.stream().anyMatch(limit -> limit.rate() != null && limit.covers(work));
        }

        private static long most(Limit limit) {
            return limit.concurrent() == null ? Long.MAX_VALUE : limit.concurrent();
        }

        private static long rate(Limit limit) {
            return limit.rate() == null ? Long.MAX_VALUE : limit.rate().count();
        }

        private void forget() {
            wentOut.forEach(went -> went.known =
                    went.known && limits.stream().anyMatch(limit -> limit.covers(went.work) && inWindow(limit, went)));
        }

        private void assertNeverOver() {
            for (LimitUse use : ledger.use()) {
                Limit limit = limits.stream()
                        .filter(one -> one.name().equals(use.limit()))
                        .findFirst()
                        .orElseThrow();
                assertThat((long) use.held()).as("seed %d", seed).isEqualTo(out(limit));
                assertThat((long) use.started())
                        .as("seed %d", seed)
                        .isEqualTo(limit.rate() == null ? 0 : started(limit));
            }
        }

        private void everybodyGoesInTheEnd() {
            for (int round = 0; round < 1_000 && !claims.isEmpty(); round++) {
                List<Model> gone =
                        claims.stream().filter(model -> model.went != null).toList();
                gone.forEach(model -> keep(ledger.release(model.claim.claimId(), false)));
                gone.forEach(this::givesBack);
                claims.removeAll(gone);
                now = now.plusSeconds(10);
                give();
            }
            assertThat(claims).as("seed %d", seed).isEmpty();
            assertThat(rows).as("seed %d", seed).isEmpty();
            now = latest.plusSeconds(3_600);
            give();
            assertThat(startRows).as("seed %d", seed).isEmpty();
        }

        private void keep(Moves moves) {
            for (Change change : moves.changes()) {
                if (change instanceof Change.PutEntry put) {
                    rows.put(put.entry().claim().claimId(), put.entry());
                } else if (change instanceof Change.DropEntry drop) {
                    assertThat(rows.remove(drop.claimId())).isNotNull();
                } else if (change instanceof Change.PutStart put) {
                    startRows.put(put.start().number(), put.start());
                } else if (change instanceof Change.DropStart drop) {
                    assertThat(startRows.remove(drop.number())).isNotNull();
                }
            }
        }

        private List<Limit> limits() {
            var some = new ArrayList<Limit>();
            for (int i = 0; i < random.nextInt(4); i++) {
                Set<String> systems = random.nextBoolean() ? Set.of() : Set.of(SYSTEMS.get(random.nextInt(3)));
                Set<Action> actions = random.nextBoolean() ? Set.of() : Set.of(Action.DELETE);
                Rate rate = random.nextInt(3) > 0
                        ? null
                        : new Rate(1 + random.nextInt(3), Duration.ofSeconds(5 + random.nextInt(60)));
                Integer most = rate == null || random.nextBoolean() ? 1 + random.nextInt(3) : null;
                some.add(new Limit("l" + i, 1, systems, actions, most, rate));
            }
            return some;
        }
    }
}
