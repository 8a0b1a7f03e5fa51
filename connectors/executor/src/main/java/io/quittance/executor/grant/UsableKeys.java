package io.quittance.executor.grant;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import java.util.List;
import java.util.Optional;

/** Which keys of a set may vouch for tasks. */
final class UsableKeys {
    private UsableKeys() {}

    /** By the header's name and algorithm, and for signatures if the key says what it is for (RFC 7517, 4.2). */
    static JWKSelector selector(JWSHeader header) {
        return new JWKSelector(JWKMatcher.forJWSHeader(header));
    }

    /** None if two have that name; and none whose private part is in the set, as whoever reads the set could sign. */
    static Optional<ECKey> only(List<JWK> selected) {
        return selected.size() == 1 && !selected.get(0).isPrivate() && selected.get(0) instanceof ECKey key
                ? Optional.of(key)
                : Optional.empty();
    }
}
