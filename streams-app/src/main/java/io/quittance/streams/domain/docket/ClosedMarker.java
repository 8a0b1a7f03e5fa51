package io.quittance.streams.domain.docket;

import io.quittance.streams.domain.model.RequestState;
import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a closed request: enough to recognise repeats.
 *
 * @param answered {@code system#attempt} of every completion that was taken into account, followed by
 *     {@value #NO_EFFECT} where it told of no effect
 */
public record ClosedMarker(String requestId, RequestState state, Instant closedAt, List<String> answered) {
    /** Behind an answer that told of no effect. */
    public static final String NO_EFFECT = "-";

    public ClosedMarker {
        answered = List.copyOf(answered);
    }
}
