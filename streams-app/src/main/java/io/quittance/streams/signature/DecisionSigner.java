package io.quittance.streams.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.quittance.streams.domain.Command;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs decisions, the way {@link DecisionSignatures} wants them. */
public final class DecisionSigner {
    private final JWSAlgorithm algorithm;
    private final String keyId;
    private final JWSSigner signer;

    /** @throws IllegalArgumentException if nothing can be signed with the key; the message holds nothing of it */
    public DecisionSigner(JWK key) {
        if (!key.isPrivate() || key.getKeyID() == null) {
            throw new IllegalArgumentException("a private key with a kid is wanted");
        }
        this.algorithm = KeySet.algorithm(key)
                .orElseThrow(
                        () -> new IllegalArgumentException("a key on P-256 or P-384, or RSA of 2,048 bits, is wanted"));
        this.keyId = key.getKeyID();
        try {
            this.signer = key instanceof ECKey elliptic ? new ECDSASigner(elliptic) : new RSASSASigner(key.toRSAKey());
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("nothing can be signed with that key", unusable);
        }
    }

    /**
     * The decision's signature, a compact JWS.
     *
     * @param issuer what the pipeline is configured to take; null where it takes any
     * @param expiresAt until when it is good; null for as long as the key is
     */
    public String sign(String subjectId, Command.Decide decide, @Nullable String issuer, @Nullable Instant expiresAt) {
        Map<String, Object> claims = DecisionClaims.of(subjectId, decide);
        if (issuer != null) {
            claims.put(DecisionClaims.ISSUER, issuer);
        }
        if (expiresAt != null) {
            claims.put(DecisionClaims.EXPIRES_AT, expiresAt.getEpochSecond());
        }
        var header = new JWSHeader.Builder(algorithm)
                .keyID(keyId)
                .type(DecisionSignatures.TYPE)
                .build();
        var signed = new JWSObject(header, new Payload(claims));
        try {
            signed.sign(signer);
        } catch (JOSEException unusable) {
            throw new IllegalStateException("nothing can be signed with that key", unusable);
        }
        return signed.serialize();
    }
}
