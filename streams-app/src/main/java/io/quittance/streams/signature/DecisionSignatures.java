package io.quittance.streams.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.model.Vouching;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of decisions: compact JWS (RFC 7515) whose payload is the decision as claims, see
 * {@link DecisionClaims}. Safe for use by several threads.
 *
 * <p>Taken are ES256, ES384 and PS256, each with its own kind of key. The header may hold {@code alg}, {@code kid} and
 * {@code typ} and nothing else, so a signature can neither bring its own key ({@code jwk}, {@code jku}, {@code x5u})
 * nor ask for what is not understood ({@code crit}).
 */
public final class DecisionSignatures implements AutoCloseable {
    /** Longest signature that is looked at, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** What a signed decision calls itself, so that a token made for something else cannot be taken for one. */
    static final JOSEObjectType TYPE = new JOSEObjectType("quittance-decision+jwt");

    private static final Set<JOSEObjectType> TYPES = Set.of(TYPE, JOSEObjectType.JWT);
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    private final @Nullable ApproverKeys keys;
    private final @Nullable String issuer;
    private final Duration skew;

    /**
     * @param keys null where there are none: then no signature is good
     * @param issuer what {@code iss} must be; null for no matter, and then only keys that name their approvers are
     *     taken
     * @param skew by how much clocks may differ
     */
    DecisionSignatures(@Nullable ApproverKeys keys, @Nullable String issuer, Duration skew) {
        this.keys = keys;
        this.issuer = issuer;
        this.skew = skew;
    }

    /** Without keys: a decision that is signed cannot be checked, and is refused for that. */
    public static DecisionSignatures withoutKeys() {
        return new DecisionSignatures(null, null, Duration.ZERO);
    }

    /**
     * What vouches for the decision's approver. A signature that is there is always checked, also where none is asked
     * for. May wait for keys, for a bounded time.
     *
     * @param signature as it came; null where there is none
     */
    public Vouching vouch(String subjectId, Command.Decide decide, @Nullable String signature, Instant now) {
        if (signature == null) {
            return Vouching.BY_TOPIC;
        }
        try {
            return Vouching.bySignature(check(subjectId, decide, signature, now));
        } catch (Refused refused) {
            return Vouching.notBy(refused.why);
        }
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }

    /** @return the id of the key that signed */
    private String check(String subjectId, Command.Decide decide, String signature, Instant now) throws Refused {
        JWSObject signed = parse(signature);
        String keyId = requireHeader(signed.getHeader());
        ApproverKey key = key(keyId, now);
        requireSignature(signed, key);
        Map<String, Object> claims = signed.getPayload().toJSONObject();
        require(claims != null, Refusal.SIGNATURE_INVALID);
        requireTime(claims, now);
        boolean issued = issuer != null && issuer.equals(claims.get(DecisionClaims.ISSUER));
        String approver = decide.approver().id();
        require(
                approver.equals(claims.get(DecisionClaims.APPROVER)) && key.maySpeakFor(approver, issued),
                Refusal.SIGNER_IS_NOT_APPROVER);
        require(issuer == null || issued, Refusal.SIGNATURE_MISMATCH);
        require(DecisionClaims.match(claims, subjectId, decide), Refusal.SIGNATURE_MISMATCH);
        return keyId;
    }

    private static JWSObject parse(String signature) throws Refused {
        require(signature.length() <= MAX_LENGTH, Refusal.SIGNATURE_INVALID);
        try {
            return JWSObject.parse(signature);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new Refused(Refusal.SIGNATURE_INVALID);
        }
    }

    private static String requireHeader(JWSHeader header) throws Refused {
        require(HEADER.containsAll(header.getIncludedParams()), Refusal.SIGNATURE_INVALID);
        require(header.getType() == null || TYPES.contains(header.getType()), Refusal.SIGNATURE_INVALID);
        if (header.getKeyID() == null) {
            throw new Refused(Refusal.SIGNATURE_KEY_UNKNOWN);
        }
        return header.getKeyID();
    }

    private ApproverKey key(String keyId, Instant now) throws Refused {
        if (keys == null) {
            throw new Refused(Refusal.SIGNATURE_UNVERIFIABLE);
        }
        try {
            Optional<ApproverKey> found = keys.find(keyId, now);
            return found.orElseThrow(() -> new Refused(Refusal.SIGNATURE_KEY_UNKNOWN));
        } catch (IOException unavailable) {
            throw new Refused(Refusal.SIGNATURE_UNVERIFIABLE);
        }
    }

    private static void requireSignature(JWSObject signed, ApproverKey key) throws Refused {
        require(key.algorithm().equals(signed.getHeader().getAlgorithm()), Refusal.SIGNATURE_INVALID);
        try {
            require(signed.verify(verifier(key.key())), Refusal.SIGNATURE_INVALID);
        } catch (JOSEException unusable) {
            throw new Refused(Refusal.SIGNATURE_INVALID);
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof ECKey elliptic ? new ECDSAVerifier(elliptic) : new RSASSAVerifier(key.toRSAKey());
    }

    /** RFC 7519, 4.1.4 to 4.1.6; a decision cannot have been signed in the future. */
    private void requireTime(Map<String, Object> claims, Instant now) throws Refused {
        Optional<Instant> issuedAt = time(claims, DecisionClaims.ISSUED_AT);
        Optional<Instant> notBefore = time(claims, DecisionClaims.NOT_BEFORE);
        Optional<Instant> expiresAt = time(claims, DecisionClaims.EXPIRES_AT);
        require(issuedAt.isPresent(), Refusal.SIGNATURE_INVALID);
        boolean begun = issuedAt.stream().noneMatch(at -> at.isAfter(now.plus(skew)))
                && notBefore.stream().noneMatch(at -> at.isAfter(now.plus(skew)));
        boolean over = expiresAt.filter(at -> !now.minus(skew).isBefore(at)).isPresent();
        require(begun && !over, Refusal.SIGNATURE_EXPIRED);
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) throws Refused {
        Object value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
        // A NumericDate may have a fraction; beyond the year 9999 nobody means it.
        require(seconds >= 0 && seconds < 253_402_300_800.0, Refusal.SIGNATURE_INVALID);
        return Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
    }

    private static void require(boolean holds, Refusal otherwise) throws Refused {
        if (!holds) {
            throw new Refused(otherwise);
        }
    }

    /** Why a signature is not good; never leaves this class. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal why;

        Refused(Refusal why) {
            super(why.name(), null, false, false);
            this.why = why;
        }
    }
}
