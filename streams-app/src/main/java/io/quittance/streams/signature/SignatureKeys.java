package io.quittance.streams.signature;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the keys are that decisions may be signed with. */
public final class SignatureKeys {
    /** How long decisions wait for keys that are not to be had, once for each outage. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private SignatureKeys() {}

    /**
     * Signatures checked with the keys of a file, which is read again when it changes.
     *
     * @throws IOException if it is no key set now, or lists keys of which none can be used
     */
    public static DecisionSignatures in(Path file, @Nullable String issuer, Duration skew) throws IOException {
        return new DecisionSignatures(new PatientKeys(new KeySetFile(file), PATIENCE), issuer, skew);
    }

    /** Signatures checked with the keys behind a URL, which are fetched with the first signature. */
    public static DecisionSignatures at(URI url, @Nullable String issuer, Duration skew) {
        var keys = new KeySetUrl(url, KeySetUrl.Freshness.DEFAULTS);
        return new DecisionSignatures(new PatientKeys(keys, PATIENCE), issuer, skew);
    }
}
