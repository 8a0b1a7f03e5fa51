package io.quittance.streams.signature;

import static io.quittance.streams.signature.Signing.ADA;
import static io.quittance.streams.signature.Signing.NOW;
import static io.quittance.streams.signature.Signing.SUBJECT;
import static io.quittance.streams.signature.Signing.claims;
import static io.quittance.streams.signature.Signing.decision;
import static io.quittance.streams.signature.Signing.entry;
import static io.quittance.streams.signature.Signing.key;
import static io.quittance.streams.signature.Signing.keySet;
import static io.quittance.streams.signature.Signing.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionSignaturesTest {
    private static final Duration SKEW = Duration.ofSeconds(60);

    @Test
    void aSignatureOfTheApproversOwnKeyVouches() {
        assertThat(vouch(sign(claims(), ADA))).isEqualTo(Vouching.bySignature("ada-1"));
    }

    @ParameterizedTest
    @MethodSource("keysOfEveryKind")
    void everyKindOfKeyThatIsTakenSignsAndIsChecked(JWK key) throws ParseException {
        String signature = new DecisionSigner(key).sign(SUBJECT, decision(), "approvers", NOW.plusSeconds(60));

        Vouching vouching = signatures("approvers", entry(key, "ada")).vouch(SUBJECT, decision(), signature, NOW);

        assertThat(vouching).isEqualTo(Vouching.bySignature("k"));
    }

    static Stream<JWK> keysOfEveryKind() throws JOSEException {
        return Stream.of(
                new ECKeyGenerator(Curve.P_256).keyID("k").generate(),
                new ECKeyGenerator(Curve.P_384).keyID("k").generate(),
                new RSAKeyGenerator(2048).keyID("k").generate());
    }

    @Test
    void withoutASignatureTheTopicVouches() {
        assertThat(vouch(null)).isEqualTo(Vouching.BY_TOPIC);
    }

    @Test
    void withoutKeysNoSignatureIsGood() {
        Vouching vouching = DecisionSignatures.withoutKeys().vouch(SUBJECT, decision(), sign(claims(), ADA), NOW);

        assertThat(vouching).isEqualTo(Vouching.notBy(Refusal.SIGNATURE_UNVERIFIABLE));
    }

    @Test
    void keysThatAreNotToBeHadMakeASignatureUnverifiable() {
        var signatures = new DecisionSignatures(new NoKeys(), null, SKEW);

        assertThat(signatures.vouch(SUBJECT, decision(), sign(claims(), ADA), NOW))
                .isEqualTo(Vouching.notBy(Refusal.SIGNATURE_UNVERIFIABLE));
    }

    @ParameterizedTest
    @MethodSource("otherClaims")
    void everyClaimIsBoundToItsField(String name, @Nullable Object other) {
        Map<String, Object> claims = claims();
        assertThat(claims).containsKey(name);
        if (other == null) {
            claims.remove(name);
        } else {
            claims.put(name, other);
        }

        assertRefused(sign(claims, ADA), Refusal.SIGNATURE_MISMATCH);
    }

    static Stream<Arguments> otherClaims() {
        Map<String, Object> wide = Map.of("systems", List.of("shop"), "categories", List.of("contact"));
        return Stream.of(
                Arguments.of("jti", "decision-2"),
                Arguments.of("iat", NOW.getEpochSecond() - 1),
                Arguments.of("iat", NOW.getEpochSecond() + 0.5),
                Arguments.of("request_id", "request-2"),
                Arguments.of("subject_id", "sub-2"),
                Arguments.of("verdict", "DENY"),
                Arguments.of("verdict", List.of("APPROVE")),
                Arguments.of("plan_sha256", "ffff"),
                Arguments.of("plan_sha256", null),
                Arguments.of("reason", "another"),
                Arguments.of("reason", null),
                Arguments.of("groups", List.of("privacy-team")),
                Arguments.of("groups", List.of("privacy-team", "leads", "dpo")),
                Arguments.of("groups", "privacy-team"),
                Arguments.of("groups", null),
                Arguments.of("kind", "MACHINE"),
                Arguments.of("kind", null),
                Arguments.of("attributes", Map.of("region", "us")),
                Arguments.of("attributes", null),
                Arguments.of("narrowing", null),
                Arguments.of("narrowing", wide),
                Arguments.of("narrowing", Map.of("systems", List.of("shop"))),
                Arguments.of("narrowing", with(wide, "window_ms", 900_001)),
                Arguments.of("narrowing", with(with(wide, "window_ms", 900_000), "more", true)));
    }

    @Test
    void aDecisionThatSaysMoreThanWasSignedIsRefused() {
        for (String name : List.of("plan_sha256", "reason", "groups", "attributes", "narrowing")) {
            Map<String, Object> claims = claims();
            claims.remove(name);

            assertRefused(sign(claims, ADA), Refusal.SIGNATURE_MISMATCH);
        }
    }

    @Test
    void whatIsEmptyMayBeLeftOutOrWritten() {
        Command.Decide full = decision();
        var bare = new Command.Decide(
                full.requestId(),
                full.decisionId(),
                full.verdict(),
                new Approver("ada", List.of()),
                null,
                null,
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                NOW);
        Map<String, Object> claims = new TreeMap<>(DecisionClaims.of(SUBJECT, bare));
        claims.put("groups", List.of());
        claims.put("narrowing", Map.of("systems", List.of(), "categories", List.of()));

        assertThat(signatures(null, entry(ADA, "ada")).vouch(SUBJECT, bare, sign(claims, ADA), NOW))
                .isEqualTo(Vouching.bySignature("ada-1"));
    }

    @Test
    void anEmptyTextIsNoneWhetherItStandsInTheDecisionOrInTheClaims() {
        Command.Decide bare = withTexts(null, Map.of());
        Command.Decide empty = withTexts("", Map.of());
        Map<String, Object> without = DecisionClaims.of(SUBJECT, bare);
        Map<String, Object> with = with(with(without, "reason", ""), "plan_sha256", "");

        assertThat(without).doesNotContainKeys("reason", "plan_sha256");
        for (Map<String, Object> claims : List.of(without, with)) {
            for (Command.Decide decision : List.of(bare, empty)) {
                assertThat(signatures(null, entry(ADA, "ada")).vouch(SUBJECT, decision, sign(claims, ADA), NOW))
                        .isEqualTo(Vouching.bySignature("ada-1"));
            }
        }
    }

    /** What stops work is heard however its reason is written, and that also where it has to be signed. */
    @Test
    void aSignedNoIsComparedWithItsReasonAsItCanBeKept() {
        Command.Decide denial = saying(Verdict.DENY, "Two lines.");
        String signature = sign(with(DecisionClaims.of(SUBJECT, denial), "reason", "Two\nlines."), ADA);

        assertThat(signatures(null, entry(ADA, "ada")).vouch(SUBJECT, denial, signature, NOW))
                .isEqualTo(Vouching.bySignature("ada-1"));
    }

    @Test
    void aSignedYesIsComparedToTheLetter() {
        Command.Decide approval = saying(Verdict.APPROVE, "Two lines.");
        String signature = sign(with(DecisionClaims.of(SUBJECT, approval), "reason", "Two\nlines."), ADA);

        assertThat(signatures(null, entry(ADA, "ada")).vouch(SUBJECT, approval, signature, NOW))
                .isEqualTo(Vouching.notBy(Refusal.SIGNATURE_MISMATCH));
    }

    private static Command.Decide saying(Verdict verdict, String reason) {
        Command.Decide full = decision();
        return new Command.Decide(
                full.requestId(),
                full.decisionId(),
                verdict,
                full.approver(),
                full.planHash(),
                reason,
                full.narrowing(),
                full.vouching(),
                full.at());
    }

    @Test
    void anEmptyAttributeThatWasNotSignedIsRefused() {
        String signature = sign(DecisionClaims.of(SUBJECT, withTexts(null, Map.of())), ADA);
        Command.Decide changed = withTexts(null, Map.of("region", ""));

        assertThat(signatures(null, entry(ADA, "ada")).vouch(SUBJECT, changed, signature, NOW))
                .isEqualTo(Vouching.notBy(Refusal.SIGNATURE_MISMATCH));
    }

    @Test
    void aSignatureForAnotherApproverIsRefused() {
        Map<String, Object> claims = with(claims(), "sub", "bob");

        assertRefused(sign(claims, ADA), Refusal.SIGNER_IS_NOT_APPROVER);
    }

    @Test
    void aKeySpeaksForNobodyButThoseItNames() {
        ECKey bob = key("bob-1");

        Vouching vouching = signatures(null, entry(ADA, "ada"), entry(bob, "bob", "ADA"))
                .vouch(SUBJECT, decision(), sign(claims(), bob), NOW);

        assertThat(vouching).isEqualTo(Vouching.notBy(Refusal.SIGNER_IS_NOT_APPROVER));
    }

    @Test
    void aKeyThatNamesNobodySpeaksForNobody() {
        assertRefused(signatures("approvers", entry(ADA, new String[0])), issued(), Refusal.SIGNER_IS_NOT_APPROVER);
    }

    @Test
    void theServicesOwnKeySpeaksForEveryApproverOfTheConfiguredIssuer() {
        assertThat(signatures("approvers", entry(ADA)).vouch(SUBJECT, decision(), issued(), NOW))
                .isEqualTo(Vouching.bySignature("ada-1"));
        assertRefused(signatures("others", entry(ADA)), issued(), Refusal.SIGNER_IS_NOT_APPROVER);
        assertRefused(signatures("approvers", entry(ADA)), sign(claims(), ADA), Refusal.SIGNER_IS_NOT_APPROVER);
        assertRefused(signatures(null, entry(ADA)), issued(), Refusal.SIGNER_IS_NOT_APPROVER);
    }

    @Test
    void aConfiguredIssuerIsDemandedOfPersonalKeysToo() {
        assertRefused(signatures("approvers", entry(ADA, "ada")), sign(claims(), ADA), Refusal.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({"exp, -59, true", "exp, -60, false", "nbf, 60, true", "nbf, 61, false", "exp, 1, true", "nbf, -1, true"
    })
    void timesAreTakenWithTheSkewAndNoFurther(String claim, long seconds, boolean good) {
        String signature = sign(with(claims(), claim, NOW.getEpochSecond() + seconds), ADA);

        assertThat(vouch(signature))
                .isEqualTo(good ? Vouching.bySignature("ada-1") : Vouching.notBy(Refusal.SIGNATURE_EXPIRED));
    }

    @Test
    void aDecisionSignedInTheFutureIsNotYetGood() {
        String signature = sign(claims(), ADA);

        assertThat(vouchAt(signature, NOW.minus(SKEW))).isEqualTo(Vouching.bySignature("ada-1"));
        assertThat(vouchAt(signature, NOW.minus(SKEW).minusSeconds(1)))
                .isEqualTo(Vouching.notBy(Refusal.SIGNATURE_EXPIRED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "exp", "nbf"})
    void aTimeThatIsNoneIsRefused(String claim) {
        for (Object value : List.of("soon", -1, 1e300, true)) {
            assertRefused(sign(with(claims(), claim, value), ADA), Refusal.SIGNATURE_INVALID);
        }
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertRefused(sign(claims(), key("mallory-1")), Refusal.SIGNATURE_KEY_UNKNOWN);
        assertRefused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256), claims(), ADA), Refusal.SIGNATURE_KEY_UNKNOWN);
    }

    @Test
    void aForgedSignatureUnderAKnownNameIsRefused() {
        assertRefused(sign(claims(), key("ada-1")), Refusal.SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aChangeInAnyPartIsNoticed(int part) {
        String[] parts = sign(claims(), ADA).split("\\.");
        parts[part] = changed(parts[part]);

        assertThat(vouch(String.join(".", parts)).problem()).isNotNull();
    }

    @Test
    void theSignatureOfZerosIsRefused() {
        String[] parts = sign(claims(), ADA).split("\\.");

        assertRefused(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]), Refusal.SIGNATURE_INVALID);
    }

    @Test
    void noAlgorithmIsNoSignature() {
        assertRefused(new PlainObject(new Payload(claims())).serialize(), Refusal.SIGNATURE_INVALID);
        String none = Base64URL.encode("{\"alg\":\"none\",\"kid\":\"ada-1\"}") + "."
                + Base64URL.encode(new Payload(claims()).toBytes());
        assertRefused(none + ".", Refusal.SIGNATURE_INVALID);
        assertRefused(none + "." + Base64URL.encode("x"), Refusal.SIGNATURE_INVALID);
    }

    @Test
    void thePublicKeyIsNoSharedSecret() throws JOSEException {
        byte[] known = ADA.toPublicJWK().toJSONString().getBytes(UTF_8);
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384)) {
            var forged = new JWSObject(
                    new JWSHeader.Builder(algorithm).keyID("ada-1").build(), new Payload(claims()));
            forged.sign(new MACSigner(known));

            assertRefused(forged.serialize(), Refusal.SIGNATURE_INVALID);
        }
    }

    @Test
    void aKeySignsWithItsOwnAlgorithmOnly() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS512)) {
            var signed =
                    new JWSObject(new JWSHeader.Builder(algorithm).keyID("rsa").build(), new Payload(claims()));
            signed.sign(new RSASSASigner(rsa));

            assertRefused(signatures(null, entry(rsa, "ada")), signed.serialize(), Refusal.SIGNATURE_INVALID);
        }
    }

    @ParameterizedTest
    @MethodSource("headersThatBringMore")
    void aHeaderThatBringsItsOwnKeyOrAsksForMoreIsRefused(JWSHeader.Builder header) {
        assertRefused(sign(header.keyID("ada-1"), claims(), ADA), Refusal.SIGNATURE_INVALID);
    }

    static Stream<JWSHeader.Builder> headersThatBringMore() {
        return Stream.of(
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(ADA.toPublicJWK()),
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("https://keys.example.org")),
                new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create("https://keys.example.org")),
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .customParam("http://example.org/x", 1)
                        .criticalParams(Collections.singleton("http://example.org/x")),
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")));
    }

    @Test
    void whatIsNoJwsOrTooLargeIsRefused() {
        assertRefused("", Refusal.SIGNATURE_INVALID);
        assertRefused("a.b", Refusal.SIGNATURE_INVALID);
        assertRefused("..", Refusal.SIGNATURE_INVALID);
        assertRefused("{}", Refusal.SIGNATURE_INVALID);
        assertRefused(
                sign(with(claims(), "padding", "x".repeat(DecisionSignatures.MAX_LENGTH)), ADA),
                Refusal.SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "no json", "{\"sub\":\"ada\",\"sub\":\"ada\"}"})
    void aPayloadThatIsNoSetOfClaimsIsRefused(String payload) throws JOSEException {
        var signed = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ada-1").build(), new Payload(payload));
        signed.sign(new com.nimbusds.jose.crypto.ECDSASigner(ADA));

        assertRefused(signed.serialize(), Refusal.SIGNATURE_INVALID);
    }

    private static Command.Decide withTexts(@Nullable String text, Map<String, String> attributes) {
        Command.Decide full = decision();
        return new Command.Decide(
                full.requestId(),
                full.decisionId(),
                full.verdict(),
                new Approver("ada", List.of("leads"), Approver.Kind.HUMAN, attributes),
                text,
                text,
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                NOW);
    }

    private static String issued() {
        return sign(with(claims(), "iss", "approvers"), ADA);
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    private static String changed(String part) {
        byte[] bytes = new Base64URL(part).decode();
        bytes[bytes.length / 2] ^= 1;
        return Base64URL.encode(bytes).toString();
    }

    private static void assertRefused(String signature, Refusal why) {
        assertRefused(signatures(null, entry(ADA, "ada")), signature, why);
    }

    private static void assertRefused(DecisionSignatures signatures, String signature, Refusal why) {
        assertThat(signatures.vouch(SUBJECT, decision(), signature, NOW)).isEqualTo(Vouching.notBy(why));
    }

    private static Vouching vouch(@Nullable String signature) {
        return vouchAt(signature, NOW);
    }

    private static Vouching vouchAt(@Nullable String signature, Instant now) {
        return signatures(null, entry(ADA, "ada")).vouch(SUBJECT, decision(), signature, now);
    }

    @SafeVarargs
    private static DecisionSignatures signatures(@Nullable String issuer, Map<String, Object>... entries) {
        try {
            return new DecisionSignatures(new FixedKeys(KeySet.parse(keySet(List.of(entries)))), issuer, SKEW);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private record FixedKeys(KeySet keys) implements ApproverKeys {
        @Override
        public Optional<ApproverKey> find(String keyId, Instant now) {
            return keys.find(keyId);
        }

        @Override
        public void close() {}
    }

    private record NoKeys() implements ApproverKeys {
        @Override
        public Optional<ApproverKey> find(String keyId, Instant now) throws IOException {
            throw new IOException("out");
        }

        @Override
        public void close() {}
    }
}
