package io.quittance.streams.signature;

import static io.quittance.streams.signature.Signing.ADA;
import static io.quittance.streams.signature.Signing.entry;
import static io.quittance.streams.signature.Signing.key;
import static io.quittance.streams.signature.Signing.keySet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    @ParameterizedTest
    @MethodSource("entriesThatMayNotSign")
    void takesNoKeyThatMayNotSign(Map<String, Object> entry) throws ParseException {
        KeySet keys = KeySet.parse(keySet(List.of(entry, entry(key("other")))));

        assertThat(keys.find("ada-1")).isEmpty();
        assertThat(keys.find("other")).isPresent();
    }

    static Stream<Map<String, Object>> entriesThatMayNotSign() throws JOSEException {
        return Stream.of(
                with("use", "enc"),
                with("key_ops", List.of("encrypt")),
                with("alg", "ES384"),
                with("alg", "HS256"),
                with("alg", "ECDH-ES"),
                with("kty", "unheard-of"),
                with("quittance_approvers", "ada"),
                with("quittance_approvers", List.of(1)),
                new TreeMap<>(ADA.toJSONObject()),
                new TreeMap<>(new ECKeyGenerator(Curve.P_521)
                        .keyID("ada-1")
                        .generate()
                        .toPublicJWK()
                        .toJSONObject()),
                new TreeMap<>(new RSAKeyGenerator(1024, true)
                        .keyID("ada-1")
                        .generate()
                        .toPublicJWK()
                        .toJSONObject()),
                new TreeMap<>(new OctetSequenceKeyGenerator(256)
                        .keyID("ada-1")
                        .generate()
                        .toJSONObject()));
    }

    @ParameterizedTest
    @MethodSource("entriesThatMayNotSign")
    void saysOfASetThatNoKeyOfItCanBeUsed(Map<String, Object> entry) throws ParseException {
        assertThat(KeySet.parse(keySet(List.of(entry))).isUnusable()).isTrue();
        assertThat(KeySet.parse(keySet(List.of(entry, entry(key("other"))))).isUnusable())
                .isFalse();
    }

    @Test
    void takesASetInWhichThereIsNothingYet() throws ParseException {
        KeySet keys = KeySet.parse(keySet(List.of()));

        assertThat(keys.isEmpty()).isTrue();
        assertThat(keys.isUnusable()).isFalse();
    }

    @Test
    void takesNeitherOfTwoKeysWithOneName() throws ParseException {
        KeySet keys = KeySet.parse(keySet(List.of(entry(key("k"), "ada"), entry(key("k"), "bob"), entry(ADA, "ada"))));

        assertThat(keys.find("k")).isEmpty();
    }

    @Test
    void takesAKeyThatSaysWhatItIsFor() throws ParseException {
        Map<String, Object> entry = entry(ADA, "ada");
        entry.putAll(Map.of("use", "sig", "alg", "ES256", "key_ops", List.of("verify")));

        assertThat(KeySet.parse(keySet(List.of(entry))).find("ada-1"))
                .hasValueSatisfying(
                        key -> assertThat(key.approvers().orElseThrow()).containsExactly("ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]}", "<html>"})
    void refusesWhatIsNoKeySet(String document) {
        assertThatThrownBy(() -> KeySet.parse(document)).isInstanceOf(ParseException.class);
    }

    private static Map<String, Object> with(String member, Object value) {
        Map<String, Object> entry = entry(ADA);
        entry.put(member, value);
        return entry;
    }
}
