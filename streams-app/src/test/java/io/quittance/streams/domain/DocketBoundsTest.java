package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a docket keeps is bounded, and what matters most is kept longest. */
class DocketBoundsTest {
    private static final String R = "r";

    @Test
    void aRefusedDecisionIsKeptWithoutWhatItsApproverShowed() {
        var stranger = new Approver("sam", List.of("sales"), Approver.Kind.HUMAN, Map.of("region", "eu"));
        Scenario told = given().submit(R, DELETE).decide(R, Verdict.APPROVE, stranger);

        told.thenRefused(Refusal.NOT_IN_GROUP);
        assertThat(told.theCase(R).authority().decisions()).singleElement().satisfies(made -> {
            assertThat(made.approver()).isEqualTo("sam");
            assertThat(made.by().groups()).isEmpty();
            assertThat(made.by().attributes()).isEmpty();
        });
    }

    @Test
    void aRequestThatWasCarriedOutIsRememberedLongerThanDeniedOnes() {
        Docket docket = Docket.empty(Scenario.SUBJECT)
                .closing(marker("done", RequestState.FULFILLED, List.of("shop#1")), 2)
                .closing(marker("denied-1", RequestState.DENIED, List.of()), 2)
                .closing(marker("denied-2", RequestState.DENIED, List.of()), 2);

        assertThat(docket.closed()).extracting(ClosedMarker::requestId).containsExactly("done", "denied-2");
    }

    private static ClosedMarker marker(String id, RequestState state, List<String> answered) {
        return new ClosedMarker(id, state, Scenario.START, answered);
    }
}
