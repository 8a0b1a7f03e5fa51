package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.AuditSeen.DecisionAudited;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeardTest {
    private static final Map<String, String> YES = Map.of("verdict", "APPROVE", "approver", "ada");
    private static final DecisionAudited KEPT = new DecisionAudited("d-1", "ada", "APPROVE", true);
    private static final DecisionAudited ANOTHERS = new DecisionAudited("d-2", "bob", "APPROVE", true);

    private final Invariant a1 = new Accounting();

    @Test
    void aDecisionThatTheAuditDoesNotTellOfIsLost() {
        assertThat(asked().act(Kind.DECIDED, 1_500, YES)
                        .told(List.of(ANOTHERS), List.of())
                        .foundBy(a1))
                .containsExactly("LOST was given the decision APPROVE by ada 1 times, of which its audit tells 0");
        assertThat(asked().act(Kind.DECIDED, 1_500, YES)
                        .told(List.of(KEPT), List.of())
                        .foundBy(a1))
                .isEmpty();
    }

    @Test
    void aDecisionWhoseNameIsKnownIsLookedForByItsName() {
        Map<String, String> named = Map.of("verdict", "APPROVE", "approver", "ada", "decision", "d-3");
        assertThat(asked().act(Kind.DECIDED, 1_500, named)
                        .told(List.of(KEPT), List.of())
                        .foundBy(a1))
                .containsExactly("LOST was given the decision d-3, of which its audit does not tell");
    }

    @Test
    void aDecisionThatIsADeadLetterIsNotLost() {
        Histories history = asked().act(Kind.DECIDED, 1_500, YES).told(List.of(), List.of());
        Place place = place(history, Kind.DECIDED);
        assertThat(history.deadLetter(place, "REQUEST_CLOSED", REQUEST, 5_000).foundBy(a1))
                .isEmpty();
    }

    @Test
    void oneOfTwoDecisionsOfTheSamePersonIsLost() {
        Histories history = asked().act(Kind.DECIDED, 1_500, YES).act(Kind.DECIDED, 1_600, YES);
        assertThat(history.told(List.of(KEPT), List.of()).foundBy(a1)).hasSize(1);
    }

    @Test
    void whatTheTrailTellsOfWasHeard() {
        for (Kind said : List.of(Kind.WITHDRAWN, Kind.CANCELLED, Kind.VERIFIED)) {
            assertThat(asked().act(said, 1_500, Map.of())
                            .told(List.of(), List.of("SUBMITTED"))
                            .foundBy(a1))
                    .singleElement()
                    .asString()
                    .startsWith("LOST was " + said);
        }
        assertThat(asked().act(Kind.WITHDRAWN, 1_500, Map.of())
                        .told(List.of(), List.of("WITHDRAWN"))
                        .foundBy(a1))
                .isEmpty();
        assertThat(asked().act(Kind.CANCELLED, 1_500, Map.of())
                        .told(List.of(), List.of("CANCELLED_BY_ORDER"))
                        .foundBy(a1))
                .isEmpty();
    }

    private static Histories asked() {
        return Histories.quiet().submitted("FULFILLED");
    }

    private static Place place(Histories history, Kind kind) {
        return Objects.requireNonNull(
                history.evidence.acts(REQUEST, kind).get(0).place());
    }
}
