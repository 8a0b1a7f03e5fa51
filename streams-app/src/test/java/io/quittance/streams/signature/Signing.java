package io.quittance.streams.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys, key sets and signatures made on the spot, good ones and others. */
final class Signing {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String SUBJECT = "sub-1";
    static final ECKey ADA = key("ada-1");

    private Signing() {}

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Command.Decide decision() {
        return new Command.Decide(
                "request-1",
                "decision-1",
                Verdict.APPROVE,
                new Approver("ada", List.of("privacy-team", "leads"), Approver.Kind.HUMAN, Map.of("region", "eu")),
                "0123abcd",
                "the ticket is open",
                new Narrowing(List.of("shop"), List.of("contact"), Duration.ofMinutes(15)),
                Vouching.BY_TOPIC,
                NOW);
    }

    static Map<String, Object> claims() {
        return new TreeMap<>(DecisionClaims.of(SUBJECT, decision()));
    }

    /** The public part, as an entry of a key set. */
    static Map<String, Object> entry(JWK key) {
        return new TreeMap<>(key.toPublicJWK().toJSONObject());
    }

    static Map<String, Object> entry(JWK key, String... approvers) {
        Map<String, Object> entry = entry(key);
        entry.put(KeySet.APPROVERS, List.of(approvers));
        return entry;
    }

    static String keySet(List<Map<String, Object>> entries) {
        return JSONObjectUtils.toJSONString(Map.of("keys", entries));
    }

    static String sign(Map<String, Object> claims, ECKey key) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()), claims, key);
    }

    static String sign(JWSHeader.Builder header, Map<String, Object> claims, ECKey key) {
        try {
            var signed = new JWSObject(header.build(), new Payload(claims));
            signed.sign(new ECDSASigner(key));
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
