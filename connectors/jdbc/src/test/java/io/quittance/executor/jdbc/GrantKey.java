package io.quittance.executor.jdbc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline's key, to sign what it issues. */
final class GrantKey {
    private final ECKey key;

    GrantKey() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    }

    /** The key set for an executor. */
    Path publish(Path folder) throws IOException {
        return Files.writeString(folder.resolve("grants.json"), new JWKSet(key.toPublicJWK()).toString());
    }

    Task sign(Topics topics, Task task) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TaskClaims.TYPE))
                .keyID(key.getKeyID())
                .build();
        var signed =
                new JWSObject(header, new Payload(TaskClaims.of(topics, task).canonical()));
        signed.sign(new ECDSASigner(key));
        task.setSignature(signed.serialize());
        return task;
    }
}
