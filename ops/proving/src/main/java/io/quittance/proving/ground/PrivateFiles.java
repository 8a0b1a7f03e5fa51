package io.quittance.proving.ground;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys and passwords of one run, in files that only this user may read. */
final class PrivateFiles {
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;

    PrivateFiles(Path directory) {
        this.directory = directory;
    }

    /** A properties file for {@code ${file:…}} references. */
    Path secrets(Map<String, String> secrets) {
        return write(
                "executor.secrets",
                secrets.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** A new key for {@code pseudonym.key.file}, or a token. */
    Path randomKey(String name) {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return write(name, HexFormat.of().formatHex(key));
    }

    /** A new key that grants are signed with. */
    GrantKeys grantKeys() {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            Path published = directory.resolve("grants-public.json");
            Files.writeString(published, new JWKSet(key.toPublicJWK()).toString());
            return new GrantKeys(write("grants.jwk", key.toJSONString()), published);
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make a key on P-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key set without keys: nobody signs decisions, unless a test of that puts its own there. */
    Path noDecisionKeys() {
        return write("decision-keys.json", "{\"keys\": []}\n");
    }

    /**
     * @param signing the private key, for the application alone
     * @param published the key set with its public part, for the executors
     */
    record GrantKeys(Path signing, Path published) {}

    private Path write(String name, String text) {
        Path file = directory.resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a file for secrets cannot be written", e);
        }
    }
}
