package io.quittance.streams.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A private key, kept as a JSON Web Key in a file that only its owner can read. */
public final class SigningKey {
    private static final int MAX_BYTES = 16 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final JWK key;
    private final DecisionSigner signer;

    private SigningKey(JWK key) {
        this.key = key;
        this.signer = new DecisionSigner(key);
    }

    /** A new key on P-256, named by its thumbprint (RFC 7638). */
    public static SigningKey generate() {
        try {
            return new SigningKey(new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        } catch (JOSEException unsupported) {
            throw new IllegalStateException("this Java cannot make a key on P-256", unsupported);
        }
    }

    /** @throws IOException if there is no such file, others may read it, or it holds no private key to sign with */
    public static SigningKey read(Path file) throws IOException {
        if (isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
            throw new IOException("others than its owner may read or change it");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is too large for a key");
        }
        try {
            return new SigningKey(JWK.parse(Files.readString(file)));
        } catch (ParseException | IllegalArgumentException unusable) {
            // The cause may quote the key.
            throw new IOException(
                    "it is no private JSON Web Key with a kid, on P-256 or P-384, or RSA of 2,048 bits and more");
        }
    }

    /** @throws IOException if the file is there already, or cannot be written */
    public void store(Path file) throws IOException {
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, attributes)) {
            var bytes = UTF_8.encode(key.toJSONString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /**
     * The public part, as an entry of a key set.
     *
     * @param approvers for whom it may speak; none for the approver service's own key
     */
    public String publicEntry(Collection<String> approvers) {
        Map<String, Object> entry = new TreeMap<>(key.toPublicJWK().toJSONObject());
        entry.put("use", KeyUse.SIGNATURE.identifier());
        entry.put("alg", KeySet.algorithm(key).orElseThrow().getName());
        if (!approvers.isEmpty()) {
            entry.put(KeySet.APPROVERS, List.copyOf(approvers));
        }
        return JSONObjectUtils.toJSONString(entry);
    }

    public DecisionSigner signer() {
        return signer;
    }

    JWK key() {
        return key;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return "SigningKey[redacted]";
    }
}
