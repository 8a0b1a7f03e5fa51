package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.RequestState.AWAITING_APPROVAL;
import static io.quittance.streams.domain.model.RequestState.AWAITING_VERIFICATION;
import static io.quittance.streams.domain.model.RequestState.EXECUTING;
import static io.quittance.streams.domain.model.RequestState.EXPIRED;
import static io.quittance.streams.domain.model.Verification.Kind.IDENTITY;
import static io.quittance.streams.domain.model.Verification.Kind.INTENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Verification;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A proof counts when the work begins, not only when it was given. */
class ProofExpiryTest {
    private static final String R = "r";

    @Test
    void whatExpiresBeforeApprovalIsProvenAgainAndAskedAgain() {
        Scenario told = given().rule(asking().verified(2, false)).submit(R, DELETE);
        told.verify(R, IDENTITY, true, 2, told.now().plus(Duration.ofHours(1)))
                .after(Duration.ofHours(1))
                .approve(R, "ada")
                .thenStands(R, AWAITING_VERIFICATION, "PROOF_EXPIRED");
        assertThat(told.issued(R)).isEmpty();

        told.prove(R, IDENTITY, 2)
                .thenStands(R, AWAITING_APPROVAL)
                .approve(R, "ada")
                .thenStands(R, EXECUTING);
    }

    @Test
    void aProofThatLastsUntilTheWorkBeginsCounts() {
        Scenario told = given().rule(asking().verified(2, false)).submit(R, DELETE);

        told.verify(R, IDENTITY, true, 2, told.now().plus(Duration.ofHours(1)).plusMillis(1))
                .after(Duration.ofHours(1))
                .approve(R, "ada")
                .thenStands(R, EXECUTING);
    }

    @Test
    void aProofOlderThanTheRuleAllowsNoLongerCounts() {
        var rule = asking().verified(2, true).maxAge(Duration.ofDays(1));

        given().rule(rule)
                .submit(R, DELETE)
                .prove(R, IDENTITY, 2)
                .after(Duration.ofHours(12))
                .prove(R, INTENT, 0)
                .after(Duration.ofHours(13))
                .approve(R, "ada")
                .thenStands(R, AWAITING_VERIFICATION, "PROOF_EXPIRED");
    }

    @Test
    void whoeverDoesNotProveItAgainInTimeIsTooLate() {
        Scenario told = given().rule(asking().verified(2, false)).submit(R, DELETE);

        told.verify(R, IDENTITY, true, 2, told.now().plus(Duration.ofHours(1)))
                .after(Duration.ofHours(1))
                .approve(R, "ada")
                .after(Duration.ofDays(7))
                .thenStands(R, EXPIRED);
    }

    @Test
    void aProofThatExpiredWhileAnotherWasWaitedForDoesNotCount() {
        Scenario told = given().rule(approving().verified(2, true)).submit(R, DELETE);

        told.verify(R, IDENTITY, true, 2, told.now().plus(Duration.ofHours(1)))
                .after(Duration.ofHours(2))
                .prove(R, INTENT, 0)
                .thenStands(R, AWAITING_VERIFICATION);
        told.prove(R, IDENTITY, 2).thenStands(R, EXECUTING);
    }

    @Test
    void aProofMayBeGivenAfreshBeforeItExpires() {
        Scenario told = given().rule(asking().verified(2, false)).submit(R, DELETE);

        told.verify(R, IDENTITY, true, 2, told.now().plus(Duration.ofHours(1)))
                .after(Duration.ofMinutes(50))
                .prove(R, IDENTITY, 2)
                .thenAccepted()
                .thenStands(R, AWAITING_APPROVAL)
                .after(Duration.ofHours(1))
                .approve(R, "ada")
                .thenStands(R, EXECUTING);
    }

    @Test
    void whatNobodyAskedForIsNotTakenOnceTheRequestHasGoneOn() {
        given().submit(R, DELETE).prove(R, IDENTITY, 2).thenRefused(Refusal.NOT_AWAITING_VERIFICATION);
    }

    @Test
    void aProofFromTheFutureGrowsOldToo() {
        Scenario told = given().rule(asking().verified(2, false).maxAge(Duration.ofDays(1)))
                .submit(R, DELETE);
        var ahead = new Verification(
                "v-ahead",
                IDENTITY,
                true,
                2,
                "totp",
                "identity-service",
                told.now().plus(Duration.ofDays(300)));

        told.apply(new Command.Verify(R, ahead, null))
                .after(Duration.ofDays(2))
                .approve(R, "ada")
                .thenStands(R, AWAITING_VERIFICATION, "PROOF_EXPIRED");
    }

    @Test
    void whatNobodyWantedProvenMayBeRefused() {
        given().rule(asking().verified(2, false))
                .submit(R, DELETE)
                .verify(R, INTENT, false, 0, null)
                .thenRefused(Refusal.NOT_AWAITING_VERIFICATION)
                .thenStands(R, AWAITING_VERIFICATION);
    }
}
