package io.quittance.streams.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.limit.Limit.Rate;
import io.quittance.streams.domain.model.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LedgerTest {
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final int ALL = 1_000_000;

    private final Ledger ledger = new Ledger();
    private Instant now = T0;

    @Test
    void asManyGoAsTheLimitAllowsAndTheNextWhenOneIsOver() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 2))));
        ask("a", "b", "c");

        assertThat(given()).containsExactly("a", "b");
        assertThat(given()).isEmpty();
        ledger.release("a", false);
        assertThat(given()).containsExactly("c");
    }

    @Test
    void whatNothingLimitsGoesAtOnce() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1, "crm"))));
        ask("a", "b");

        assertThat(given()).containsExactly("a", "b");
    }

    @Test
    void theEarliestDeadlineGoesFirstThenTheFirstCome() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ledger.claim(claim("never", "shop", null));
        ledger.claim(claim("late", "shop", T0.plusSeconds(60)));
        ledger.claim(claim("early", "shop", T0.plusSeconds(30)));
        ledger.claim(claim("early too", "shop", T0.plusSeconds(30)));

        assertThat(oneAfterTheOther(4)).containsExactly("early", "early too", "late", "never");
    }

    @Test
    void whatFallsUnderTwoLimitsGetsBothOrNeither() {
        ledger.govern(Limits.of(List.of(atOnce("shop only", 1, "shop"), atOnce("everywhere", 2))));
        ask("a", "b");
        ledger.claim(claim("elsewhere", "crm", null));

        assertThat(given()).as("b waits for the shop and holds nothing").containsExactly("a", "elsewhere");
        ledger.release("elsewhere", false);
        assertThat(given()).isEmpty();
        ledger.release("a", false);
        assertThat(given()).containsExactly("b");
    }

    @Test
    void aWindowSlidesAndIsNeverOverfull() {
        ledger.govern(Limits.of(List.of(perHour("exports", 2))));
        ask("a");
        assertThat(given()).containsExactly("a");
        pass(Duration.ofMinutes(40));
        ask("b", "c", "d");
        assertThat(given()).containsExactly("b");
        ledger.release("a", false);
        ledger.release("b", false);

        pass(Duration.ofMinutes(20).minusMillis(1));
        assertThat(given()).as("a went out less than an hour ago").isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(given()).containsExactly("c");
        pass(Duration.ofMinutes(40));
        assertThat(given()).containsExactly("d");
    }

    @Test
    void anAttemptThatNeverWentOutDoesNotCountAgainstTheRate() {
        ledger.govern(Limits.of(List.of(perHour("exports", 1))));
        ask("a", "b");
        assertThat(given()).containsExactly("a");

        Moves moves = ledger.release("a", true);

        assertThat(moves.changes()).hasSize(2).hasAtLeastOneElementOfType(Change.DropStart.class);
        assertThat(given()).containsExactly("b");
    }

    @Test
    void aClockThatIsSetBackEmptiesNoWindow() {
        ledger.govern(Limits.of(List.of(perHour("exports", 1))));
        ask("a", "b");
        assertThat(given()).containsExactly("a");

        pass(Duration.ofHours(-1));
        assertThat(given()).isEmpty();
        pass(Duration.ofHours(2).minusMillis(1));
        assertThat(given()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(given()).containsExactly("b");
    }

    @Test
    void sayingSomethingTwiceChangesNothing() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ask("a", "a", "b", "b");
        assertThat(given()).containsExactly("a");

        assertThat(ledger.claim(claim("a", "shop", null)).permits())
                .as("it is told again that it may go")
                .extracting(permit -> permit.claim().claimId())
                .containsExactly("a");
        ledger.release("a", false);
        assertThat(ledger.release("a", false)).isEqualTo(Moves.NONE);
        assertThat(given()).containsExactly("b");
        assertThat(given()).isEmpty();
        assertThat(ledger.release("unheard of", false)).isEqualTo(Moves.NONE);
    }

    @Test
    void aNewDeadlineMovesWhoeverWaits() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ask("out");
        given();
        ledger.claim(claim("a", "shop", T0.plusSeconds(30)));
        ledger.claim(claim("b", "shop", T0.plusSeconds(60)));

        ledger.claim(claim("a", "shop", T0.plusSeconds(90)));
        ledger.release("out", false);

        assertThat(oneAfterTheOther(2)).containsExactly("b", "a");
    }

    @Test
    void whoeverNoLongerWaitsIsPassedOver() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ask("a", "b", "c");
        given();
        ledger.release("b", true);
        ledger.release("a", false);

        assertThat(given()).containsExactly("c");
    }

    @Test
    void aLowerLimitWaitsUntilEnoughHaveEnded() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 3))));
        ask("a", "b", "c", "d");
        given();

        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ledger.release("a", false);
        ledger.release("b", false);
        assertThat(given()).isEmpty();
        ledger.release("c", false);
        assertThat(given()).containsExactly("d");
    }

    @Test
    void aLimitThatIsTakenAwayLetsAllGoABatchAtATime() {
        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ask("a", "b", "c", "d");
        given();

        ledger.govern(Limits.EMPTY);

        assertThat(ids(ledger.give(now, 2))).containsExactly("b", "c");
        assertThat(ids(ledger.give(now, 2))).containsExactly("d");
    }

    @Test
    void whatIsOutCountsUnderALimitThatComesLater() {
        ledger.govern(Limits.EMPTY);
        ask("a");
        given();

        ledger.govern(Limits.of(List.of(atOnce("deletes", 1))));
        ask("b");

        assertThat(given()).isEmpty();
        assertThat(ledger.use()).containsExactly(new LimitUse("deletes", 1, 1, 0));
    }

    @Test
    void aPermitSaysWhichLimitsItCountsUnder() {
        ledger.govern(Limits.of(List.of(atOnce("b", 1), perHour("a", 1), atOnce("c", 1, "crm"))));
        ask("x");

        assertThat(ledger.give(now, ALL).permits())
                .singleElement()
                .satisfies(permit -> assertThat(permit.limits()).containsExactly("a", "b"));
    }

    /** Two limits, both always full by others that need one of them: the earliest deadline still comes to its turn. */
    @Test
    void whoeverNeedsTwoLimitsIsNotPassedByForEver() {
        ledger.govern(Limits.of(List.of(atOnce("shop only", 2, "shop"), deletesAtOnce(2))));
        Work shopExport = new Work("shop", Action.EXPORT);
        Work otherDelete = new Work("crm", Action.DELETE);
        var out = new ArrayDeque<String>();
        for (int i = 0; i < 400; i++) {
            ledger.claim(new Claim("export" + i, "r", "s", shopExport, 1, T0.plusSeconds(1000 + i)));
            ledger.claim(new Claim("delete" + i, "r", "s", otherDelete, 1, T0.plusSeconds(1000 + i)));
        }
        out.addAll(given());
        ledger.claim(new Claim("both", "r", "s", new Work("shop", Action.DELETE), 1, T0));

        for (int i = 0; i < 20 && !out.contains("both"); i++) {
            pass(Duration.ofMillis(100));
            ledger.release(out.remove(), false);
            out.addAll(given());
        }

        assertThat(out).contains("both");
    }

    @Test
    void nothingIsKeptForWhoeverWaitsForSomethingStuck() {
        ledger.govern(Limits.of(List.of(atOnce("shop only", 1, "shop"), deletesAtOnce(3))));
        ledger.claim(new Claim("stuck", "r", "s", new Work("shop", Action.EXPORT), 1, null));
        given();
        ledger.claim(new Claim("first", "r", "s", new Work("shop", Action.DELETE), 1, T0));
        for (int i = 0; i < 3; i++) {
            ledger.claim(new Claim("crm" + i, "r", "s", new Work("crm", Action.DELETE), 1, null));
        }

        assertThat(given()).containsExactly("crm0", "crm1", "crm2");
    }

    /** A scan over the waiters would take minutes here. */
    @Test
    @Timeout(20)
    void aStuckSystemsManyWaitersCostTheOthersNothing() {
        ledger.govern(Limits.of(List.of(atOnce("stuck", 1, "shop"), atOnce("everywhere", 10))));
        IntStream.range(0, 200_000).forEach(i -> ledger.claim(claim("s" + i, "shop", T0.plusSeconds(200_000 - i))));
        given();

        for (int i = 0; i < 20_000; i++) {
            ledger.claim(claim("c" + i, "crm", T0.plus(Duration.ofDays(9))));
            assertThat(given()).containsExactly("c" + i);
            ledger.release("c" + i, false);
        }
        assertThat(ledger.use()).contains(new LimitUse("stuck", 1, 199_999, 0));
    }

    private void ask(String... ids) {
        List.of(ids).forEach(id -> ledger.claim(claim(id, "shop", null)));
    }

    private List<String> given() {
        return ids(ledger.give(now, ALL));
    }

    private List<String> oneAfterTheOther(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> given())
                .peek(ids -> ids.forEach(id -> ledger.release(id, false)))
                .flatMap(List::stream)
                .toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static List<String> ids(Moves moves) {
        return moves.permits().stream().map(permit -> permit.claim().claimId()).toList();
    }

    private static Claim claim(String id, String system, @Nullable Instant deadline) {
        return new Claim(id, "r", "s", new Work(system, Action.DELETE), 1, deadline);
    }

    private static Limit atOnce(String name, int most, String... systems) {
        return new Limit(name, 1, Set.of(systems), Set.of(), most, null);
    }

    private static Limit deletesAtOnce(int most) {
        return new Limit("deletes", 1, Set.of(), Set.of(Action.DELETE), most, null);
    }

    private static Limit perHour(String name, int count) {
        return new Limit(name, 1, Set.of(), Set.of(Action.DELETE), null, new Rate(count, Duration.ofHours(1)));
    }
}
