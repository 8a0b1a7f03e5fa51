package io.quittance.streams.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantSignerTest {
    @TempDir
    Path directory;

    @Test
    void whatAKeyOfTheCommandLineSignsItsPublicPartVerifies() throws Exception {
        Path file = directory.resolve("grants.jwk");
        SigningKey key = SigningKey.generate();
        key.store(file);

        GrantSigner signer = GrantSigner.in(file, "quittance");
        JWSObject signed = JWSObject.parse(signer.sign("{\"subject_id\":\"Zo\u00eb\"}"));

        ECKey publicPart = JWK.parse(key.publicEntry(List.of())).toECKey();
        assertThat(publicPart.isPrivate()).isFalse();
        assertThat(publicPart.getKeyID()).isEqualTo(signer.keyId());
        assertThat(signed.verify(new ECDSAVerifier(publicPart))).isTrue();
        assertThat(signed.getPayload()).hasToString("{\"subject_id\":\"Zo\u00eb\"}");
        assertThat(signed.getHeader().toJSONObject())
                .isEqualTo(
                        Map.of("alg", "ES256", "typ", "quittance-task+jws", "kid", signer.keyId(), "iss", "quittance"));
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        Path file = stored(ec(Curve.P_256));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> GrantSigner.in(file, "quittance"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("others than its owner");
    }

    @Test
    void aKeyThatExecutorsWouldNotTakeIsRefused() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        Path wide = stored(ec(Curve.P_384));
        Path other = stored(rsa);

        assertThatThrownBy(() -> GrantSigner.in(wide, "quittance")).hasMessage("its key is not on P-256");
        assertThatThrownBy(() -> GrantSigner.in(other, "quittance")).hasMessage("its key is not on P-256");
    }

    @Test
    void aKeyWhosePartsDoNotBelongTogetherIsRefused() throws Exception {
        ECKey one = ec(Curve.P_256);
        ECKey other = ec(Curve.P_256);
        Path mixed = stored(new ECKey.Builder(Curve.P_256, one.getX(), one.getY())
                .d(other.getD())
                .keyID("mixed")
                .build());

        assertThatThrownBy(() -> GrantSigner.in(mixed, "quittance"))
                .hasMessage("its private part does not belong to its public part");
    }

    @Test
    void noMessageHoldsAnythingOfTheKey() throws Exception {
        ECKey key = ec(Curve.P_256);
        Path nameless = stored(new ECKey.Builder(key).keyID(null).build());

        assertThatThrownBy(() -> GrantSigner.in(nameless, "quittance"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining(key.getD().toString())
                .hasNoCause();
        assertThatThrownBy(() -> GrantSigner.in(directory.resolve("none"), "quittance"))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static ECKey ec(Curve curve) throws Exception {
        return new ECKeyGenerator(curve).keyID("ec").generate();
    }

    private Path stored(JWK key) throws IOException {
        Path file = Files.createTempFile(directory, "key", ".jwk"); // for the owner alone
        return Files.writeString(file, key.toJSONString());
    }
}
