package io.quittance.proving.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.LimitTraffic.LimitSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.check.LimitTraffic.ReleaseSeen;
import io.quittance.proving.history.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestraintTest {
    private static final LimitSeen ONE_AT_ONCE = new LimitSeen("one", List.of("crm"), List.of("DELETE"), 1, null, 0);
    private static final LimitSeen TWO_A_SECOND = new LimitSeen("rate", List.of("crm"), List.of(), null, 2, 1_000);

    private final Invariant a4 = new Restraint();

    @Test
    void twoPermitsAtOnceUnderALimitOfOneAreAViolation() {
        assertThat(limited(ONE_AT_ONCE, released(100), permit("a", 0), permit("b", 99))
                        .foundBy(a4))
                .singleElement()
                .asString()
                .contains("one of 2 permits under the limit one, which allows 1");
        assertThat(limited(ONE_AT_ONCE, released(100), permit("a", 0), permit("b", 100))
                        .foundBy(a4))
                .isEmpty();
    }

    @Test
    void aPermitThatIsNeverReleasedCountsForEver() {
        assertThat(limited(ONE_AT_ONCE, Map.of(), permit("a", 0), permit("b", 1_000_000))
                        .foundBy(a4))
                .hasSize(1);
    }

    @Test
    void threePermitsInAWindowOfTwoAreAViolation() {
        assertThat(limited(TWO_A_SECOND, Map.of(), permit("a", 0), permit("b", 500), permit("c", 999))
                        .foundBy(a4))
                .hasSize(1);
        assertThat(limited(TWO_A_SECOND, Map.of(), permit("a", 0), permit("b", 500), permit("c", 1_000))
                        .foundBy(a4))
                .isEmpty();
    }

    @Test
    void whatNeverWentOutCountsAgainstNoWindow() {
        var unused = Map.of("a", new ReleaseSeen(true, 10));
        assertThat(limited(TWO_A_SECOND, unused, permit("a", 0), permit("b", 500), permit("c", 999))
                        .foundBy(a4))
                .isEmpty();
    }

    @Test
    void workUnderALimitNeedsAPermit() {
        Histories history = limited(ONE_AT_ONCE, Map.of()).issued(1);
        assertThat(history.foundBy(a4)).singleElement().asString().contains("without a permit");
        var underNoLimit = new PermitSeen("c", Histories.REQUEST, "crm", 1, List.of(), 0, 0);
        assertThat(limited(ONE_AT_ONCE, Map.of(), underNoLimit).issued(1).foundBy(a4))
                .singleElement()
                .asString()
                .contains("without a permit under the limit one");
    }

    @Test
    void twoExecutionsAtOnceUnderALimitOfOneAreAViolation() {
        Histories history = limited(ONE_AT_ONCE, released(100), permit("r-1", 0), permit("r-2", 200));
        history.issued("r-1", 1, "DELETE", 2_000).issued("r-2", 1, "DELETE", 2_000);
        history.evidence.add(execution("r-1", 2_100, 2_300));
        history.evidence.add(execution("r-2", 2_200, 2_400));
        assertThat(history.foundBy(a4)).singleElement().asString().contains("2 executions under the limit one");
    }

    @Test
    void twoWritesOnOneSubjectAtOnceAreAViolation() {
        Histories overlapping = Histories.quiet();
        overlapping.issued("r-1", 1, "DELETE", 2_000).issued("r-2", 1, "EXPORT", 3_000);
        overlapping.audit("r-1", 1, "FULFILLED", "FULFILLED", true, List.of(), 3_500);
        overlapping.audit("r-2", 1, "FULFILLED", "FULFILLED", true, List.of(), 4_000);
        assertThat(overlapping.foundBy(a4)).singleElement().asString().contains("at the same time as r-");
    }

    @Test
    void twoReadsOnOneSubjectMayGoTogether() {
        Histories history = Histories.quiet();
        history.issued("r-1", 1, "ACCESS", 2_000).issued("r-2", 1, "EXPORT", 3_000);
        history.audit("r-1", 1, "FULFILLED", "FULFILLED", true, List.of(), 3_500);
        history.audit("r-2", 1, "FULFILLED", "FULFILLED", true, List.of(), 4_000);
        assertThat(history.foundBy(a4)).isEmpty();
    }

    @Test
    void whatIsLookedAtArePermitsExecutionsAndConflictsAndNotLimits() {
        assertThat(limited(ONE_AT_ONCE, Map.of()).lookedAtBy(a4)).isZero();
        Histories history = limited(ONE_AT_ONCE, released(100), permit("r-1", 0));
        history.issued("r-1", 1, "DELETE", 2_000).issued("r-2", 1, "EXPORT", 4_000);
        history.evidence.add(execution("r-1", 2_100, 2_300));
        history.audit("r-1", 1, "FULFILLED", "FULFILLED", true, List.of(), 3_500);
        history.audit("r-2", 1, "FULFILLED", "FULFILLED", true, List.of(), 4_500);
        assertThat(history.lookedAtBy(a4)).isEqualTo(3);
    }

    private static Histories limited(LimitSeen limit, Map<String, ReleaseSeen> releases, PermitSeen... permits) {
        Histories history = Histories.quiet();
        history.evidence.limits = new LimitTraffic(Map.of(limit.name(), limit), List.of(), List.of(permits), releases);
        return history;
    }

    private static Map<String, ReleaseSeen> released(long at) {
        var release = new ReleaseSeen(false, at);
        return Map.of("a", release, "r-1", release);
    }

    private static PermitSeen permit(String request, long at) {
        return new PermitSeen(request, request, "crm", 1, List.of("one", "rate"), at, at);
    }

    private static CompletionSeen execution(String request, long from, long until) {
        @Nullable String none = null;
        return new CompletionSeen(
                new Place("privacy.completions", 0, from),
                until,
                request + "/crm",
                request,
                "crm",
                1,
                request + "#1",
                "DONE",
                false,
                none,
                List.of(),
                from,
                until);
    }
}
