package io.quittance.streams.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.quittance.contract.TaskClaims;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * Signs tasks, with ES256: executors take no other algorithm, so that none can be talked down. The header names the key
 * and, for people, the pipeline. Safe for use by several threads.
 */
public final class GrantSigner {
    private final JWSHeader header;
    private final JWSSigner signer;

    private GrantSigner(JWSHeader header, JWSSigner signer) {
        this.header = header;
        this.signer = signer;
    }

    /**
     * Signs with the key in a file.
     *
     * @param issuer the pipeline's name
     * @throws IOException if it cannot be read or used, or others than its owner may read it; the message says which,
     *     and holds nothing of the key
     */
    public static GrantSigner in(Path file, String issuer) throws IOException {
        if (!(SigningKey.read(file).key() instanceof ECKey key) || !Curve.P_256.equals(key.getCurve())) {
            throw new IOException("its key is not on P-256");
        }
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TaskClaims.TYPE))
                .keyID(key.getKeyID())
                .customParam("iss", issuer)
                .build();
        try {
            GrantSigner signer = new GrantSigner(header, new ECDSASigner(key));
            signer.requireThatPartsBelongTogether(key);
            return signer;
        } catch (JOSEException unusable) {
            throw new IOException("nothing can be signed with it");
        }
    }

    /** A compact JWS (RFC 7515) over the text. */
    public String sign(String claims) {
        JWSObject signed = new JWSObject(header, new Payload(claims));
        try {
            signed.sign(signer);
        } catch (JOSEException unusable) {
            throw new IllegalStateException("nothing can be signed with that key", unusable);
        }
        return signed.serialize();
    }

    /** Name of the key. */
    public String keyId() {
        return header.getKeyID();
    }

    /** Otherwise no executor would take what is signed, and it would be known only then. */
    private void requireThatPartsBelongTogether(ECKey key) throws IOException, JOSEException {
        try {
            if (!JWSObject.parse(sign("{}")).verify(new ECDSAVerifier(key.toPublicJWK()))) {
                throw new IOException("its private part does not belong to its public part");
            }
        } catch (ParseException impossible) {
            throw new IllegalStateException("what was just signed can be read", impossible);
        }
    }
}
