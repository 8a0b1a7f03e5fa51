package io.quittance.streams.processor;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.model.Vouching;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Port: finds out who vouches for a decision. */
@FunctionalInterface
public interface Vouchers {
    /**
     * May wait, for a time well below a transaction's.
     *
     * @param signature as it came; null where there is none
     */
    Vouching vouch(String subjectId, Command.Decide decide, @Nullable String signature, Instant now);
}
