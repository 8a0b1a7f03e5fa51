package io.quittance.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.RequestState;
import io.quittance.security.ground.Parties;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import io.quittance.streams.codec.Decisions;
import io.quittance.streams.signature.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody who can write decisions says they are somebody else. */
@WithSecuredPipeline
class ForgedDecisionsIT {

    @Test
    void whereASignatureIsDemandedANameInAFieldDecidesNothing(SecuredPipeline pipeline) throws Exception {
        var parties = new Parties(pipeline);
        String request = parties.askToErase(20, "signed");
        ApprovalPrompt prompt = parties.awaitPrompt(request);

        parties.decide(Parties.approval(prompt, "ada"));
        var withOwnKey = Parties.approval(prompt, "ada");
        withOwnKey.setSignature(signature(SigningKey.generate(), withOwnKey));
        parties.decide(withOwnKey);
        var asAnother = Parties.approval(prompt, "grace");
        asAnother.setSignature(signature(pipeline.approverKey(), asAnother));
        parties.decide(asAnother);
        var stolen = Parties.approval(prompt, "ada");
        stolen.setSignature(signature(pipeline.approverKey(), Parties.approval(prompt, "ada")));
        parties.decide(stolen);
        AuditRecord refused =
                parties.awaitAudit(request, audit -> refusals(audit).size() >= 4);

        assertThat(refusals(refused))
                .containsExactlyInAnyOrder(
                        "SIGNATURE_MISSING", "SIGNATURE_KEY_UNKNOWN", "SIGNER_IS_NOT_APPROVER", "SIGNATURE_MISMATCH");
        assertThat(refused.getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
        assertThat(parties.rows(20)).isEqualTo(2);

        DecisionEvent genuine = Parties.approval(prompt, "ada");
        genuine.setSignature(signature(pipeline.approverKey(), genuine));
        parties.decide(genuine);
        AuditRecord closed = parties.awaitAudit(request, AuditRecord::getClosed);

        assertThat(closed.getState()).isEqualTo(RequestState.FULFILLED);
        assertThat(vouchers(closed)).containsExactly("SIGNATURE");
        assertThat(parties.rows(20)).isZero();
    }

    @Test
    void aSignedDecisionThatIsSentAgainCountsOnceAndForItsOwnRequestOnly(SecuredPipeline pipeline) throws Exception {
        var parties = new Parties(pipeline);
        String first = parties.askToErase(22, "signed");
        ApprovalPrompt prompt = parties.awaitPrompt(first);
        DecisionEvent genuine = Parties.approval(prompt, "ada");
        genuine.setSignature(signature(pipeline.approverKey(), genuine));
        parties.decide(genuine);
        parties.decide(genuine);
        AuditRecord closed = parties.awaitAudit(first, AuditRecord::getClosed);
        assertThat(vouchers(closed)).containsExactly("SIGNATURE");

        String second = parties.askToErase(22, "signed");
        parties.awaitPrompt(second);
        var replayed = DecisionEvent.newBuilder(genuine).setRequestId(second).build();
        parties.decide(replayed);
        AuditRecord refused =
                parties.awaitAudit(second, audit -> !refusals(audit).isEmpty());

        assertThat(refusals(refused)).containsExactly("SIGNATURE_MISMATCH");
        assertThat(refused.getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
    }

    /** The topic's ACL is the boundary then, and whoever reads the audit can see that. */
    @Test
    void whereNoneIsDemandedTheAuditSaysThatTheTopicsAclVouched(SecuredPipeline pipeline) {
        var parties = new Parties(pipeline);

        AuditRecord closed = parties.erase(21);

        assertThat(vouchers(closed)).containsExactly("TOPIC_ACL");
    }

    private static List<String> refusals(AuditRecord audit) {
        return audit.getTrail().stream()
                .map(entry -> String.valueOf(entry.getCode()))
                .filter(code -> code.startsWith("SIGN"))
                .toList();
    }

    private static List<String> vouchers(AuditRecord audit) {
        return audit.getDecisions().stream()
                .filter(DecisionMade::getAccepted)
                .map(DecisionMade::getVouchedBy)
                .toList();
    }

    private static String signature(SigningKey key, DecisionEvent decision) {
        return key.signer().sign(decision.getSubjectId(), Decisions.read(decision), null, null);
    }
}
