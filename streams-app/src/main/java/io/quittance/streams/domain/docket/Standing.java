package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.RequestState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands, and why.
 *
 * @param code stable code of why it stands there
 * @param reason the same, as a sentence for people
 * @param deadline when waiting in this state ends, or is looked at again, by itself; null where it is not
 * @param legalBasis article that a refusal rests on; null where none applies
 */
public record Standing(
        RequestState state,
        String code,
        String reason,
        Instant since,
        @Nullable Instant deadline,
        @Nullable String legalBasis) {
    /** Its work stands still by order. */
    public static final String FROZEN = "FROZEN";

    /** A standing that no article is given for. */
    public Standing(RequestState state, String code, String reason, Instant since, @Nullable Instant deadline) {
        this(state, code, reason, since, deadline, null);
    }
}
