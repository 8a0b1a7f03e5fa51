package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Work;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.TaskStatus;
import io.quittance.streams.domain.model.TrailEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the docket says to the limiter. The shop's deletes are limited, the archive's are not. */
class PermitsTest {
    private static final Limit SHOP = new Limit("shop-deletes", 1, Set.of("shop"), Set.of(Action.DELETE), 5, null);

    private final Scenario told = Scenario.given().rule(approving()).limits(SHOP);

    @Test
    void aLimitedTaskWaitsAndTheOthersDoNot() {
        told.submit("r1", Action.DELETE);

        assertThat(told.issued("r1")).containsExactly("archive#1");
        assertThat(shop().status()).isEqualTo(TaskStatus.WAITING);
        assertThat(shop().code()).isEqualTo("LIMIT");
        assertThat(claims()).containsExactly("r1/shop#1.1");
        assertThat(told.effects(Effect.ClaimPermit.class).get(0).claim().work())
                .isEqualTo(new Work("shop", Action.DELETE));
    }

    @Test
    void theStorySaysThatItWaitsAndForWhichLimit() {
        told.submit("r1", Action.DELETE);

        assertThat(told.theCase("r1").story().trail())
                .filteredOn(entry -> entry.code().equals("LIMIT"))
                .extracting(TrailEntry::detail)
                .containsExactly("The task for shop waits for its turn: shop-deletes (5 at once)");
    }

    @Test
    void whatNoLimitIsOnSaysNothingToTheLimiter() {
        told.submit("r1", Action.EXPORT).allDone("r1").thenStands("r1", RequestState.FULFILLED);

        assertThat(told.effects(Effect.ClaimPermit.class)).isEmpty();
        assertThat(told.effects(Effect.ReleasePermit.class)).isEmpty();
    }

    @Test
    void aPermitLetsTheTaskGoAndItsAnswerGivesItBack() {
        told.submit("r1", Action.DELETE).permit(claim());

        assertThat(told.issued("r1")).containsExactly("archive#1", "shop#1");
        assertThat(releases()).isEmpty();
        told.done("r1", "shop");
        assertThat(releases()).containsExactly("r1/shop#1.1 used");
        told.done("r1", "archive").thenStands("r1", RequestState.FULFILLED);
        assertThat(releases()).hasSize(1);
    }

    @Test
    void everyAttemptClaimsAnew() {
        told.submit("r1", Action.DELETE).permit(claim()).failed("r1", "shop", true);
        assertThat(releases()).containsExactly("r1/shop#1.1 used");
        assertThat(claims()).hasSize(1);

        told.after(Duration.ofHours(1).dividedBy(4));

        assertThat(claims()).containsExactly("r1/shop#1.1", "r1/shop#2.2");
    }

    @Test
    void aPermitThatComesTwiceIsNothingNew() {
        told.submit("r1", Action.DELETE).permit(claim()).permit(claim()).thenNothingFollows();
    }

    @Test
    void aPermitThatNobodyWaitsForIsGivenBackAtOnce() {
        told.submit("r1", Action.DELETE).withdraw("r1").done("r1", "archive");
        int before = releases().size();

        told.permit(claim());
        assertThat(releases()).hasSize(before + 1).last().isEqualTo("r1/shop#1.1 unused");
        assertThat(told.effects(Effect.DeadLetterInput.class)).isEmpty();

        told.permit(new Claim("never/shop#1.1", "never", Scenario.SUBJECT, new Work("shop", Action.DELETE), 1, null));
        assertThat(releases()).last().isEqualTo("never/shop#1.1 unused");
        assertThat(told.issued("r1")).doesNotContain("shop#1");
    }

    /** Two claims of one task are never mixed up: the first one's permit is no permit for the second. */
    @Test
    void aPermitForAnEarlierClaimIsNoneForTheNext() {
        told.rule(approving()).submit("r1", Action.DELETE);
        Claim first = claim();
        told.topicMissing("shop").permit(first);
        assertThat(releases()).containsExactly("r1/shop#1.1 unused");
        told.topicAppears("shop").after(Duration.ofMinutes(1));
        assertThat(claims()).containsExactly("r1/shop#1.1", "r1/shop#1.2");

        told.permit(first);

        assertThat(told.issued("r1")).containsExactly("archive#1");
        assertThat(releases()).containsExactly("r1/shop#1.1 unused", "r1/shop#1.1 unused");
    }

    @Test
    void aGrantShutsWhileATaskWaits() {
        told.submit("r1", Action.DELETE).done("r1", "archive").after(Duration.ofHours(1));

        assertThat(releases()).containsExactly("r1/shop#1.1 unused");
        told.thenStands("r1", RequestState.EXPIRED);
        assertThat(shop().code()).isEqualTo("GRANT_EXPIRED");
    }

    @Test
    void aClaimCarriesTheDayByWhichTheLawWantsAnAnswerAlsoWhenThatMoves() {
        told.settings(Settings.DEFAULTS.with(ClocksTest.LAWS)).submit("r1", Action.DELETE);
        assertThat(claim().deadline()).isNotNull().isEqualTo(told.theCase("r1").answerBy());

        told.order(DirectiveKind.EXTEND, "r1");

        List<Claim> all = told.effects(Effect.ClaimPermit.class).stream()
                .map(Effect.ClaimPermit::claim)
                .toList();
        assertThat(all).hasSize(2);
        assertThat(all.get(1).claimId()).isEqualTo(all.get(0).claimId());
        assertThat(all.get(1).deadline()).isAfter(all.get(0).deadline());
        assertThat(releases()).isEmpty();
    }

    /** Whatever ends the wait or the attempt, the limiter learns of it once. */
    @ParameterizedTest
    @EnumSource(End.class)
    void everyEndIsTold(End end) {
        told.rule(asking().askAgain()).submit("r1", Action.DELETE).approve("r1", "ada");
        end.waiting.apply(told);
        assertThat(releases()).as("while it waits").containsExactly("r1/shop#1.1 unused");

        Scenario out = Scenario.given().rule(asking().askAgain()).limits(SHOP);
        out.submit("r1", Action.DELETE).approve("r1", "ada");
        out.permit(out.effects(Effect.ClaimPermit.class).get(0).claim());
        end.out.apply(out);
        assertThat(releases(out)).as("while it is out").startsWith("r1/shop#1.1 used");
    }

    enum End {
        WITHDRAWN(told -> told.withdraw("r1"), told -> told.withdraw("r1").done("r1", "shop")),
        REVOKED(
                told -> told.revoke("r1", "ada"),
                told -> told.revoke("r1", "ada").failed("r1", "shop", true)),
        HELD(
                told -> told.order(DirectiveKind.HOLD, null),
                told -> told.order(DirectiveKind.HOLD, null).refused("r1", "shop", "REVOKED")),
        CANCELLED(
                told -> told.order(DirectiveKind.CANCEL, "r1"),
                told -> told.order(DirectiveKind.CANCEL, "r1").after(Duration.ofHours(1))),
        MAP_CHANGED(
                told -> told.mapChanges("shop")
                        .permit(told.effects(Effect.ClaimPermit.class).get(0).claim()),
                told -> told.mapChanges("shop").failed("r1", "shop", false)),
        GRANT_SHUT(told -> told.after(Duration.ofHours(1)), told -> told.after(Duration.ofHours(1))),
        REFUSED(told -> told.withdraw("r1"), told -> told.refused("r1", "shop", "GRANT_EXPIRED")),
        TIMED_OUT(told -> told.after(Duration.ofDays(1)), told -> told.after(Duration.ofMinutes(6)));

        private final UnaryOperator<Scenario> waiting;
        private final UnaryOperator<Scenario> out;

        End(UnaryOperator<Scenario> waiting, UnaryOperator<Scenario> out) {
            this.waiting = waiting;
            this.out = out;
        }
    }

    /** Random lives, with a limiter that answers when it likes, late, twice, or for what is long over. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 2_000})
    void nothingGoesOutWithoutAPermitAndNothingIsKept(long block) {
        for (long seed = block; seed < block + 400; seed++) {
            new History(seed).run();
        }
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final Scenario told = Scenario.given().system("search", "shop").limits(SHOP);
        private final Map<String, Claim> asked = new LinkedHashMap<>();
        private final Set<String> everAsked = new LinkedHashSet<>();
        private final Set<String> given = new LinkedHashSet<>();
        private int effectsSeen;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            told.rule(random.nextBoolean() ? approving() : asking().askAgain().hashOptional());
        }

        void run() {
            for (int step = 0; step < 40; step++) {
                step("r" + random.nextInt(4));
                look();
            }
            for (int round = 0; round < 60; round++) {
                told.docket().open().forEach(one -> told.withdraw(one.requestId()));
                told.after(Duration.ofDays(1));
                look();
            }
            assertThat(told.docket().open()).as("seed %d", seed).isEmpty();
            assertThat(asked).as("seed %d: claims that nobody gave back", seed).isEmpty();
        }

        private void step(String id) {
            boolean open = told.docket().find(id).isPresent();
            switch (random.nextInt(12)) {
                case 0, 1 -> told.submit(id, random.nextInt(4) == 0 ? Action.EXPORT : Action.DELETE);
                case 2 -> told.after(Duration.ofMinutes(random.nextInt(20)));
                case 3, 4, 5 -> permitAny();
                case 6 -> answer(id);
                case 7 -> told.order(random.nextBoolean() ? DirectiveKind.HOLD : DirectiveKind.LIFT, null);
                case 8 -> {
                    if (open && random.nextInt(3) == 0) {
                        told.withdraw(id);
                    }
                }
                case 9 -> {
                    if (open && told.theCase(id).state() == RequestState.AWAITING_APPROVAL) {
                        told.approve(id, "ada");
                    } else if (open) {
                        told.revoke(id, "ada");
                    }
                }
                case 10 -> {
                    if (random.nextInt(4) == 0) {
                        told.mapChanges("shop");
                    } else if (random.nextBoolean()) {
                        told.topicMissing("shop");
                    } else {
                        told.topicAppears("shop");
                    }
                }
                default -> {
                    // A limit comes and goes: what waits goes on waiting for the limiter's answer.
                    if (random.nextBoolean()) {
                        told.limits();
                    } else {
                        told.limits(SHOP);
                    }
                }
            }
        }

        private void permitAny() {
            List<Effect.ClaimPermit> all = told.effects(Effect.ClaimPermit.class);
            if (!all.isEmpty()) {
                Claim claim = all.get(random.nextInt(all.size())).claim();
                given.add(claim.claimId());
                told.permit(claim);
            }
        }

        private void answer(String id) {
            boolean out = told.docket()
                    .find(id)
                    .flatMap(one -> one.task("shop"))
                    .filter(TaskState::outstanding)
                    .isPresent();
            if (out) {
                if (random.nextBoolean()) {
                    told.done(id, "shop");
                } else {
                    told.failed(id, "shop", random.nextBoolean());
                }
            }
        }

        private void look() {
            List<Effect> all = told.effects(Effect.class);
            for (Effect effect : all.subList(effectsSeen, all.size())) {
                if (effect instanceof Effect.ClaimPermit claim) {
                    assertThat(everAsked.add(claim.claim().claimId())
                                    || asked.containsKey(claim.claim().claimId()))
                            .as("seed %d: a number is used once", seed)
                            .isTrue();
                    asked.put(claim.claim().claimId(), claim.claim());
                } else if (effect instanceof Effect.ReleasePermit release) {
                    asked.remove(release.claim().claimId());
                }
            }
            effectsSeen = all.size();
            told.docket()
                    .open()
                    .forEach(one -> one.task("shop")
                            .filter(task -> task.outstanding() && task.claiming())
                            .ifPresent(task -> assertThat(given)
                                    .as("seed %d", seed)
                                    .contains(one.requestId() + "/shop#" + task.attempt() + "." + task.claims())));
        }
    }

    private Claim claim() {
        return told.effects(Effect.ClaimPermit.class).get(0).claim();
    }

    private TaskState shop() {
        return told.theCase("r1").task("shop").orElseThrow();
    }

    private List<String> claims() {
        return told.effects(Effect.ClaimPermit.class).stream()
                .map(effect -> effect.claim().claimId())
                .toList();
    }

    private List<String> releases() {
        return releases(told);
    }

    private static List<String> releases(Scenario told) {
        return told.effects(Effect.ReleasePermit.class).stream()
                .map(effect -> effect.claim().claimId() + (effect.unused() ? " unused" : " used"))
                .toList();
    }
}
