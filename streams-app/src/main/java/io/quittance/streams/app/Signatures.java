package io.quittance.streams.app;

import io.quittance.streams.config.SignatureConfig;
import io.quittance.streams.signature.DecisionSignatures;
import io.quittance.streams.signature.SignatureKeys;
import java.io.IOException;
import java.util.List;

/** The keys that the configuration names. */
final class Signatures {
    private Signatures() {}

    /** @throws StartRefused if a file is named that is no key set, or lists keys of which none can be used */
    static DecisionSignatures of(SignatureConfig config) {
        if (config.file() != null) {
            try {
                return SignatureKeys.in(config.file(), config.issuer(), config.skew());
            } catch (IOException unreadable) {
                throw new StartRefused(List.of("decisions.jwks: " + config.file()
                        + " cannot be read as a JSON Web Key Set, or none of its keys can check a decision; check the"
                        + " path, its content (public keys with a kid, on P-256 or P-384, or RSA for PS256), and that"
                        + " this user may read it."));
            }
        }
        return config.url() == null
                ? DecisionSignatures.withoutKeys()
                : SignatureKeys.at(config.url(), config.issuer(), config.skew());
    }
}
