package io.quittance.streams.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands, without anything that says whose it is.
 *
 * @param deadline when waiting in this state ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestView(
        @JsonProperty("request_id") String requestId,
        String state,
        boolean closed,
        @Nullable String code,
        @Nullable String reason,
        Instant since,
        @Nullable Instant deadline,
        List<TaskView> tasks) {

    /** One system's work. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TaskView(
            String system,
            int stage,
            int attempt,
            String status,
            @Nullable String code) {}

    static Optional<RequestView> find(Docket docket, String requestId) {
        return docket.find(requestId)
                .map(RequestView::open)
                .or(() -> docket.findClosed(requestId).map(RequestView::closed));
    }

    private static RequestView open(Case one) {
        Standing standing = one.standing();
        List<TaskView> tasks = one.tasks().stream()
                .map(task -> new TaskView(
                        task.system(),
                        task.stage(),
                        task.attempt(),
                        task.status().name(),
                        task.code()))
                .toList();
        return new RequestView(
                one.requestId(),
                standing.state().name(),
                false,
                standing.code(),
                standing.reason(),
                standing.since(),
                standing.deadline(),
                tasks);
    }

    /** Of a closed request only a marker is left; its story is in the audit. */
    private static RequestView closed(ClosedMarker marker) {
        return new RequestView(
                marker.requestId(), marker.state().name(), true, null, null, marker.closedAt(), null, List.of());
    }
}
