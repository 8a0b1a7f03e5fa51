package io.quittance.executor.grant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file, which is read at every look, as it is small and a change counts at once. A file that cannot be read
 * is no keys at all: it may have been replaced to take one away.
 */
final class KeyFile implements SigningKeys {
    private static final int LONGEST = 256 * 1024;

    private final Path file;
    private volatile @Nullable Known known;

    /** What the file held, so that it is parsed only when that changes. */
    private record Known(byte[] bytes, JWKSet keys) {}

    /** @throws IOException if there is no key set in the file now; the message says what is wrong */
    KeyFile(Path file) throws IOException {
        this.file = file;
        read();
    }

    @Override
    public Optional<ECKey> find(JWSHeader header) throws IOException {
        return UsableKeys.only(UsableKeys.selector(header).select(read()));
    }

    @Override
    public void close() {}

    private JWKSet read() throws IOException {
        byte[] bytes = bytes();
        Known last = known;
        if (last != null && Arrays.equals(last.bytes(), bytes)) {
            return last.keys();
        }
        try {
            JWKSet keys = JWKSet.parse(new String(bytes, UTF_8));
            known = new Known(bytes, keys);
            return keys;
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new IOException("it is no JSON Web Key Set");
        }
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("it is too large for a JSON Web Key Set");
            }
            return bytes;
        }
    }
}
