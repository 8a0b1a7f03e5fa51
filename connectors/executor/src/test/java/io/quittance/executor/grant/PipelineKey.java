package io.quittance.executor.grant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.Task;
import java.util.List;

/** A key of the pipeline, and what the pipeline does with it. */
record PipelineKey(ECKey key) {
    static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);

    static PipelineKey named(String keyId) {
        try {
            return new PipelineKey(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The task, signed. */
    Task sign(Task task) {
        task.setSignature(sign(header(), TaskClaims.of(TOPICS, task).canonical()));
        return task;
    }

    String sign(JWSHeader header, String payload) {
        try {
            JWSObject signed = new JWSObject(header, new Payload(payload));
            signed.sign(new ECDSASigner(key));
            return signed.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    JWSHeader header() {
        return headerBuilder().build();
    }

    JWSHeader.Builder headerBuilder() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TaskClaims.TYPE))
                .keyID(key.getKeyID())
                .customParam("iss", "quittance");
    }

    /** A key set with the public parts. */
    static String set(PipelineKey... keys) {
        return new JWKSet(List.of(keys).stream()
                        .map(PipelineKey::key)
                        .map(JWK.class::cast)
                        .toList())
                .toString(true);
    }
}
