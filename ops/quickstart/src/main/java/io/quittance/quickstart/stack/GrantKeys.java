package io.quittance.quickstart.stack;

import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The key that grants are signed with, made once and kept with the rest of the data.
 *
 * @param signing the private key, for the application alone
 * @param published the key set with its public part, for the executors
 */
record GrantKeys(Path signing, Path published) {

    static GrantKeys in(Path directory) {
        var keys = new GrantKeys(directory.resolve("grants.jwk"), directory.resolve("grants-public.json"));
        try {
            if (!Files.exists(keys.signing)) {
                SigningKey.generate().store(keys.signing);
            }
            String entry = SigningKey.read(keys.signing).publicEntry(List.of());
            Files.writeString(keys.published, "{\"keys\":[" + entry + "]}");
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException("the key for grants cannot be made", e);
        }
    }
}
