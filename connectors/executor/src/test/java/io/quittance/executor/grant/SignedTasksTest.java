package io.quittance.executor.grant;

import static io.quittance.executor.grant.PipelineKey.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Minimization;
import io.quittance.schema.Sealed;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedTasksTest {
    private static final PipelineKey KEY = PipelineKey.named("2026");
    private static final PipelineKey NEXT = PipelineKey.named("2027");
    private static final PipelineKey FORGER = PipelineKey.named("2026");

    @TempDir
    Path directory;

    private Path jwks;
    private SignedTasks signatures;

    @BeforeEach
    void keys() throws IOException {
        jwks = Files.writeString(directory.resolve("jwks.json"), PipelineKey.set(KEY));
        signatures = SignedTasks.withKeysIn(jwks, true, TOPICS);
    }

    @Test
    void whatThePipelineSignedIsGenuine() {
        assertThatCode(() -> signatures.ensureGenuine(KEY.sign(whole()))).doesNotThrowAnyException();
        assertThatCode(() -> signatures.ensureGenuine(KEY.sign(Given.task()))).doesNotThrowAnyException();
    }

    static Stream<Tampering.Change> everyFieldButTheSignature() {
        return Tampering.of(whole()).filter(change -> !change.field().equals("signature"));
    }

    @ParameterizedTest
    @MethodSource("everyFieldButTheSignature")
    void nothingOfASignedTaskCanBeChanged(Tampering.Change change) {
        Task signed = KEY.sign(whole());
        Task altered = change.tamper().apply(signed);
        assertThat(altered).isNotEqualTo(signed);

        TaskFailure refusal = refusal(altered);

        assertThat(refusal.code()).isEqualTo("GRANT_ALTERED");
        String claim = change.field().startsWith("grant.")
                ? change.field()
                : change.field().split("[.\\[]", 2)[0];
        assertThat(refusal.detail()).contains(claim);
    }

    @Test
    void theWholeTaskIsTriedFieldByField() {
        assertThat(everyFieldButTheSignature().map(Tampering.Change::field))
                .contains(
                        "grant.not_after",
                        "grant.systems",
                        "policy",
                        "identifiers.plain",
                        "identifiers.sealed.ciphertext",
                        "datasets[].locator.path[].column",
                        "minimizations[].transformation",
                        "spared",
                        "spared[].location");
    }

    @Test
    void anotherSignatureOfTheSameTaskByAnotherKeyOfThatNameIsInvalid() {
        assertRefused(FORGER.sign(whole()), "GRANT_SIGNATURE_INVALID");
    }

    @Test
    void aKeyThatIsNotInTheSetIsUnknownAndSoIsNone() {
        assertRefused(NEXT.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");
        assertRefused(signed(KEY.headerBuilder().keyID(null).build()), "GRANT_SIGNATURE_KEY_UNKNOWN");
    }

    @Test
    void theSignatureOfAnotherTaskIsOfNoUse() {
        Task other = whole();
        other.setAttempt(4);
        Task replayed = whole();
        replayed.setSignature(KEY.sign(other).getSignature());

        assertThat(refusal(replayed).detail()).endsWith("differs in: attempt.");
    }

    @Test
    void whatAnotherPipelineSignedWithTheSameKeyIsRefused() throws IOException {
        SignedTasks brand = SignedTasks.withKeysIn(jwks, true, Topics.withPrefix("brand."));

        assertThatThrownBy(() -> brand.ensureGenuine(KEY.sign(whole())))
                .isInstanceOfSatisfying(TaskFailure.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("GRANT_ALTERED");
                    assertThat(refusal.detail()).endsWith("differs in: topics.");
                });
    }

    /** RFC 8725, 2.1 and 3.1: what a header asks for is not what decides. */
    @Test
    void noHeaderTalksTheCheckDown() throws Exception {
        String claims = TaskClaims.of(TOPICS, whole()).canonical();
        JWSObject mac = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID("2026")
                        .type(new JOSEObjectType(TaskClaims.TYPE))
                        .build(),
                new Payload(claims));
        mac.sign(new MACSigner(KEY.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        assertRefused(signedAs(mac.serialize()), "GRANT_SIGNATURE_INVALID");

        var none = new PlainObject(new PlainHeader.Builder().build(), new Payload(claims));
        assertRefused(signedAs(none.serialize()), "GRANT_SIGNATURE_INVALID");

        ECKey own = FORGER.key().toPublicJWK();
        assertRefused(
                signedAs(FORGER.sign(FORGER.headerBuilder().jwk(own).build(), claims)), "GRANT_SIGNATURE_INVALID");
        URI elsewhere = URI.create("https://forger.example.org/jwks.json");
        assertRefused(
                signedAs(FORGER.sign(FORGER.headerBuilder().jwkURL(elsewhere).build(), claims)),
                "GRANT_SIGNATURE_INVALID");
        assertRefused(signed(KEY.headerBuilder().criticalParams(Set.of("exp")).build()), "GRANT_SIGNATURE_INVALID");
        assertRefused(signed(KEY.headerBuilder().type(JOSEObjectType.JWT).build()), "GRANT_SIGNATURE_INVALID");
        assertRefused(signed(KEY.headerBuilder().type(null).build()), "GRANT_SIGNATURE_INVALID");
    }

    @Test
    void whatIsNoSignatureIsInvalid() {
        String genuine = KEY.sign(whole()).getSignature();
        for (String broken : List.of("", "a.b.c", "....", genuine.substring(0, genuine.lastIndexOf('.') + 1))) {
            assertRefused(signedAs(broken), "GRANT_SIGNATURE_INVALID");
        }
    }

    @Test
    void claimsOfAVersionThatIsNotKnownAreInvalid() {
        String later = TaskClaims.of(TOPICS, whole()).canonical().replace("\"v\":1", "\"v\":2");
        assertRefused(signedAs(KEY.sign(KEY.header(), later)), "GRANT_SIGNATURE_INVALID");
        assertRefused(signedAs(KEY.sign(KEY.header(), "no claims")), "GRANT_SIGNATURE_INVALID");
    }

    /** As a pipeline signs that knows a field which this executor does not. */
    @Test
    void claimsThatThisExecutorDoesNotKnowAreNotIgnored() {
        String more = TaskClaims.of(TOPICS, whole()).canonical().replace("\"v\":1", "\"v\":1,\"window\":5");

        assertThat(refusal(signedAs(KEY.sign(KEY.header(), more))).detail()).endsWith("differs in: window.");
    }

    @Test
    void anUnsignedGrantIsRefusedWhereSignaturesAreDemanded() {
        assertRefused(whole(), "GRANT_SIGNATURE_MISSING");
    }

    @Test
    void whereTheyAreOptionalOnlyWhatIsThereIsChecked() throws IOException {
        signatures = SignedTasks.withKeysIn(jwks, false, TOPICS);

        assertThatCode(() -> signatures.ensureGenuine(whole())).doesNotThrowAnyException();
        assertRefused(FORGER.sign(whole()), "GRANT_SIGNATURE_INVALID");
    }

    @Test
    void keysRotateWithoutARestart() throws Exception {
        assertRefused(NEXT.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");

        Files.writeString(jwks, PipelineKey.set(KEY, NEXT));
        signatures.ensureGenuine(NEXT.sign(whole()));
        signatures.ensureGenuine(KEY.sign(whole()));

        Files.writeString(jwks, PipelineKey.set(NEXT));
        signatures.ensureGenuine(NEXT.sign(whole()));
        assertRefused(KEY.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");
    }

    @Test
    void aSignatureThatWasGoodIsNotUnderAnotherKeyOfThatName() throws Exception {
        Task task = KEY.sign(whole());
        signatures.ensureGenuine(task);
        signatures.ensureGenuine(task);

        Files.writeString(jwks, PipelineKey.set(FORGER));
        assertRefused(task, "GRANT_SIGNATURE_INVALID");
    }

    @Test
    void aSignatureThatWasGoodVouchesForNoOtherTask() throws Exception {
        Task task = KEY.sign(whole());
        signatures.ensureGenuine(task);
        task.setAttempt(4);

        assertRefused(task, "GRANT_ALTERED");
    }

    @Test
    void keysThatAreNotToBeHadPermitNothingAndRefuseNothing() throws Exception {
        Task task = KEY.sign(whole());
        signatures.ensureGenuine(task);

        for (String unusable : List.of("", "{\"keys\":[{\"kty\":", "[]", "x".repeat(300_000))) {
            Files.writeString(jwks, unusable);
            assertUnavailable(task);
        }
        Files.delete(jwks);
        assertUnavailable(task);

        Files.writeString(jwks, PipelineKey.set(KEY));
        signatures.ensureGenuine(task);
    }

    @Test
    void aKeyThatWhoeverReadsTheSetCouldSignWithVouchesForNothing() throws IOException {
        Files.writeString(jwks, new JWKSet(KEY.key()).toString(false));
        assertRefused(KEY.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");
    }

    @Test
    void aNameThatTwoKeysHaveNamesNone() throws IOException {
        Files.writeString(jwks, PipelineKey.set(KEY, FORGER));
        assertRefused(KEY.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");
        assertRefused(FORGER.sign(whole()), "GRANT_SIGNATURE_KEY_UNKNOWN");
    }

    @Test
    void theGrantCheckAsksFirstWhetherATaskIsGenuine() {
        GrantCheck check =
                new GrantCheck("shop", Duration.ZERO, Clock.fixed(Given.NOW, ZoneOffset.UTC), task -> {}, signatures);
        assertThatCode(() -> check.ensurePermitted(KEY.sign(whole()))).doesNotThrowAnyException();

        Task forCrm = whole();
        forCrm.setSystem("crm");
        assertThatThrownBy(() -> check.ensurePermitted(forCrm)).hasMessageContaining("not signed");
        assertThatThrownBy(() -> check.ensurePermitted(KEY.sign(forCrm))).hasMessageContaining("another system");
        assertThat(GrantCheck.isEnded(refusal(FORGER.sign(whole())))).isFalse();
    }

    private void assertUnavailable(Task task) {
        TaskFailure failure = refusal(task);
        assertThat(failure.code()).isEqualTo("GRANT_KEYS_UNAVAILABLE");
        assertThat(failure.retryable()).isTrue();
    }

    private void assertRefused(Task task, String code) {
        TaskFailure refusal = refusal(task);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
        assertThat(refusal.detail()).doesNotContain("anna@", "subject-1");
    }

    private TaskFailure refusal(Task task) {
        return catchThrowableOfType(TaskFailure.class, () -> signatures.ensureGenuine(task));
    }

    private static Task signed(JWSHeader header) {
        return signedAs(KEY.sign(header, TaskClaims.of(TOPICS, whole()).canonical()));
    }

    private static Task signedAs(String signature) {
        Task task = whole();
        task.setSignature(signature);
        return task;
    }

    /** A task with something in every field. */
    private static Task whole() {
        Task task = Given.task();
        task.setPolicy("default");
        task.getGrant().setCategories(List.of("contact"));
        task.setIdentifiers(new Identifiers(
                Map.of("email", "anna@example.org"), new Sealed("key", "X", ByteBuffer.wrap(new byte[] {7}))));
        Dataset dataset = Given.dataset();
        dataset.getLocator().setPath(List.of(new ForeignKey("customer", "customers", "id")));
        dataset.setLegalGround("none");
        task.setDatasets(List.of(dataset));
        task.setMinimizations(List.of(new Minimization("contact", Transformation.MASK)));
        task.setSpared(List.of(Dataset.newBuilder(dataset).setName("beside").build()));
        return task;
    }
}
