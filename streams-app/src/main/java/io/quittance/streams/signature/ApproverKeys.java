package io.quittance.streams.signature;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The keys that decisions may be signed with, as they are now. Safe for use by several threads. */
interface ApproverKeys extends AutoCloseable {
    /**
     * The key of that name. May wait for keys to be fetched, for a bounded time.
     *
     * @return empty if there is none
     * @throws IOException if the keys are not to be had at present
     */
    Optional<ApproverKey> find(String keyId, Instant now) throws IOException;

    @Override
    void close();
}
