package io.quittance.executor.grant;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.util.Optional;

/** The public keys that a pipeline signs with, as they are now. Thread-safe. */
interface SigningKeys extends AutoCloseable {
    /**
     * The key that a signature names. May wait for keys to be fetched, for a bounded time.
     *
     * @return empty if there is none
     * @throws IOException if the keys are not to be had at present
     */
    Optional<ECKey> find(JWSHeader header) throws IOException;

    @Override
    void close();
}
