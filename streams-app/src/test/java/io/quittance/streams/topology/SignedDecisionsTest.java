package io.quittance.streams.topology;

import static io.quittance.streams.fixture.DrivenPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.quittance.schema.Action;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.RequestState;
import io.quittance.schema.Verdict;
import io.quittance.streams.codec.Decisions;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.fixture.DrivenPipeline;
import io.quittance.streams.fixture.Events;
import io.quittance.streams.processor.ProcessorSettings;
import io.quittance.streams.signature.DecisionSigner;
import io.quittance.streams.signature.SignatureKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed decisions through the whole topology, under a rule that demands them. */
class SignedDecisionsTest {
    private static final String REQUEST = "request-1";
    private static final String SUBJECT = "subject-1";

    @TempDir
    Path directory;

    private final ECKey ada = key("ada-1");
    private final ECKey bob = key("bob-1");
    private DrivenPipeline pipeline;

    @BeforeEach
    void start() throws IOException {
        Path keys = directory.resolve("keys.json");
        Files.writeString(
                keys, JSONObjectUtils.toJSONString(Map.of("keys", List.of(entry(ada, "ada"), entry(bob, "bob")))));
        pipeline = new DrivenPipeline(
                        directory.resolve("state"),
                        ProcessorSettings.defaults(1),
                        SignatureKeys.in(keys, null, Duration.ofMinutes(1)))
                .withShop();
        PolicyDocument policy = Documents.policy(2);
        policy.getRules().get(0).getAsk().setSignatureRequired(true);
        pipeline.publish(TOPICS.policies(), "default", policy);
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void theKeyThatSignedIsNamedInTheAudit() {
        submit();

        publish(signed(decision("ada"), ada));

        DecisionMade made = made();
        assertThat(made.getAccepted()).isTrue();
        assertThat(made.getVouchedBy()).isEqualTo("SIGNATURE");
        assertThat(made.getKeyId()).isEqualTo("ada-1");
        assertThat(pipeline.tasks("shop")).hasSize(1);
    }

    @Test
    void anUnsignedDecisionDoesNotCount() {
        submit();

        publish(decision("ada"));

        assertRejected("SIGNATURE_MISSING");
    }

    @Test
    void aSignatureThatIsNoneDoesNotCount() {
        submit();
        DecisionEvent decision = decision("ada");
        decision.setSignature("e30.e30.e30");

        publish(decision);

        assertRejected("SIGNATURE_INVALID");
    }

    @Test
    void aSignatureOfAnUnknownKeyDoesNotCount() {
        submit();

        publish(signed(decision("ada"), key("mallory-1")));

        assertRejected("SIGNATURE_KEY_UNKNOWN");
    }

    @Test
    void anotherApproversSignatureDoesNotCount() {
        submit();

        publish(signed(decision("ada"), bob));

        assertRejected("SIGNER_IS_NOT_APPROVER");
    }

    @Test
    void anApproverWhoIsExchangedUnderASignatureDoesNotCount() {
        submit();
        DecisionEvent decision = signed(decision("ada"), ada);
        decision.getApprover().setId("bob");

        publish(decision);

        assertRejected("SIGNER_IS_NOT_APPROVER");
    }

    @Test
    void aVerdictThatIsExchangedUnderASignatureDoesNotCount() {
        submit();
        DecisionEvent decision = decision("ada");
        decision.setVerdict(Verdict.DENY);
        signed(decision, ada).setVerdict(Verdict.APPROVE);

        publish(decision);

        assertRejected("SIGNATURE_MISMATCH");
    }

    @Test
    void anExpiredSignatureDoesNotCount() {
        submit();

        publish(signed(decision("ada"), ada, DrivenPipeline.BEGIN.minusSeconds(61)));

        assertRejected("SIGNATURE_EXPIRED");
    }

    @Test
    void aBadSignatureDoesNotCountWhereNoneIsDemandedEither() {
        pipeline.publish(TOPICS.policies(), "default", Documents.policy(3));
        submit();

        publish(signed(decision("ada"), bob));
        assertRejected("SIGNER_IS_NOT_APPROVER");
        publish(decision("ada"));

        assertThat(made().getAccepted()).isTrue();
        assertThat(made().getVouchedBy()).isEqualTo("TOPIC_ACL");
        assertThat(made().getKeyId()).isNull();
    }

    @Test
    void withoutKeysASignatureCannotBeChecked() {
        try (var keyless = new DrivenPipeline(directory.resolve("keyless")).withShop()) {
            keyless.publish(
                    TOPICS.requests(), SUBJECT, Events.submit(REQUEST, SUBJECT, Action.DELETE, Map.of("email", "x@y")));

            DecisionEvent decision = Events.decide(
                    REQUEST,
                    SUBJECT,
                    Verdict.APPROVE,
                    "ada",
                    keyless.lastPrompt().getPlanSha256());
            keyless.publish(TOPICS.decisions(), SUBJECT, signed(decision, ada));

            assertThat(keyless.lastAudit(REQUEST).getDecisions())
                    .singleElement()
                    .satisfies(made -> {
                        assertThat(made.getAccepted()).isFalse();
                        assertThat(made.getRejection()).isEqualTo("SIGNATURE_UNVERIFIABLE");
                    });
        }
    }

    @Test
    void aDecisionThatCameBeforeItsRequestKeepsWhatVouchedForIt() {
        publish(signed(Events.decide(REQUEST, SUBJECT, Verdict.DENY, "bob", null), bob));

        submit();

        assertThat(made().getAccepted()).isTrue();
        assertThat(made().getKeyId()).isEqualTo("bob-1");
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.DENIED);
    }

    @Test
    void aForgedDecisionThatCameBeforeItsRequestStillDoesNotCount() {
        publish(signed(Events.decide(REQUEST, SUBJECT, Verdict.DENY, "ada", null), bob));

        submit();

        assertRejected("SIGNER_IS_NOT_APPROVER");
    }

    @Test
    void aMisroutedDecisionIsCheckedAtHome() {
        submit();

        pipeline.publish(TOPICS.decisions(), REQUEST, signed(decision("ada"), ada));
        var sentHome = pipeline.written(TOPICS.decisions());
        assertThat(sentHome).hasSize(1);
        pipeline.publish(
                TOPICS.decisions(), sentHome.get(0).key(), sentHome.get(0).value());

        assertThat(made().getKeyId()).isEqualTo("ada-1");
    }

    private void submit() {
        pipeline.publish(
                TOPICS.requests(), SUBJECT, Events.submit(REQUEST, SUBJECT, Action.DELETE, Map.of("email", "x@y")));
    }

    private void publish(DecisionEvent decision) {
        pipeline.publish(TOPICS.decisions(), SUBJECT, decision);
    }

    private DecisionEvent decision(String approver) {
        return Events.decide(
                REQUEST,
                SUBJECT,
                Verdict.APPROVE,
                approver,
                pipeline.lastPrompt().getPlanSha256());
    }

    private DecisionMade made() {
        List<DecisionMade> all = pipeline.lastAudit(REQUEST).getDecisions();
        return all.get(all.size() - 1);
    }

    private void assertRejected(String code) {
        assertThat(made().getAccepted()).isFalse();
        assertThat(made().getRejection()).isEqualTo(code);
        assertThat(made().getVouchedBy()).isEqualTo("TOPIC_ACL");
        assertThat(made().getKeyId()).isNull();
        assertThat(pipeline.lastAudit(REQUEST).getState()).isEqualTo(RequestState.AWAITING_APPROVAL);
        assertThat(pipeline.tasks("shop")).isEmpty();
    }

    private static DecisionEvent signed(DecisionEvent decision, ECKey key) {
        return signed(decision, key, null);
    }

    private static DecisionEvent signed(DecisionEvent decision, ECKey key, @Nullable Instant expiresAt) {
        decision.setSignature(
                new DecisionSigner(key).sign(decision.getSubjectId(), Decisions.read(decision), null, expiresAt));
        return decision;
    }

    private static Map<String, Object> entry(ECKey key, String approver) {
        Map<String, Object> entry = new TreeMap<>(key.toPublicJWK().toJSONObject());
        entry.put("quittance_approvers", List.of(approver));
        return entry;
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
