package io.quittance.proving.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A committed record of a topic, as it was. Short names, as there are many of them.
 *
 * @param timestamp milliseconds since 1970, of arrival or of creation as the topic is configured
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TopicRecord(
        @JsonProperty("p") int partition,
        @JsonProperty("o") long offset,
        @JsonProperty("t") long timestamp,
        @JsonProperty("k") byte @Nullable [] key,
        @JsonProperty("v") byte @Nullable [] value,
        @JsonProperty("h") Map<String, String> headers) {

    public TopicRecord {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** The key as text; empty if there is none. */
    public String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
