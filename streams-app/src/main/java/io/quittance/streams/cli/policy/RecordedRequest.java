package io.quittance.streams.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.schema.RequestEvent;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.policy.Facts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request as policies see it: what was asked, by whom, through which door. What finds the person is left out, and the
 * address it came from unless it is wanted; who it is about and who asks stay, as the pseudonyms that they are.
 */
public record RecordedRequest(Submission request) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String EMERGENCY = "claimed";

    /** Nothing for what is no submission. */
    public static Optional<RecordedRequest> of(RequestEvent event) {
        return event.getBody() instanceof io.quittance.schema.Submission made
                ? Optional.of(new RecordedRequest(submission(event, made)))
                : Optional.empty();
    }

    /**
     * A line that {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is none; the message says what it lacks and shows nothing of it
     */
    public static RecordedRequest parse(String line) {
        try {
            return read(MAPPER.readTree(line));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("it is not JSON");
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("'submitted_at' is no moment such as 2026-03-02T10:00:00Z");
        }
    }

    /** @param withAddress whether to keep the address it came from, which is personal data */
    public ObjectNode json(boolean withAddress) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("request_id", request.requestId())
                .put("subject_id", request.subjectId())
                .put("submitted_at", request.submittedAt().toString())
                .put("action", request.action().name())
                .put("regime", request.regime())
                .put("purpose", request.purpose())
                .put("channel", request.channel().name())
                .put("break_glass", request.claimsEmergency());
        request.scope().systems().forEach(json.putArray("systems")::add);
        request.scope().categories().forEach(json.putArray("categories")::add);
        Requester requester = request.requester();
        ObjectNode who =
                json.putObject("requester").put("type", requester.type().name()).put("id", requester.id());
        requester.roles().forEach(who.putArray("roles")::add);
        if (withAddress && requester.ip() != null) {
            who.put("ip", requester.ip());
        }
        putUnlessNull(who, "country", requester.country());
        putUnlessNull(who, "device", requester.device());
        return json;
    }

    /** As it was when it arrived: nothing proven yet, and no other request open. */
    public Facts facts() {
        return new Facts(request, List.of(), 0, request.submittedAt());
    }

    private static void putUnlessNull(ObjectNode json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    private static RecordedRequest read(JsonNode json) {
        JsonNode requester = json.path("requester");
        return new RecordedRequest(new Submission(
                text(json, "request_id"),
                json.path("subject_id").asText("subject"),
                known(Action.class, text(json, "action")),
                text(json, "regime"),
                new Requester(
                        known(RequesterType.class, text(requester, "type")),
                        requester.path("id").asText("requester"),
                        texts(requester, "roles"),
                        optional(requester, "ip"),
                        optional(requester, "country"),
                        optional(requester, "device")),
                json.path("purpose").asText(""),
                known(Channel.class, json.path("channel").asText("UNKNOWN")),
                new Scope(texts(json, "systems"), texts(json, "categories")),
                new Identifiers(Map.of(), null),
                Instant.parse(text(json, "submitted_at")),
                json.path("break_glass").asBoolean() ? EMERGENCY : null));
    }

    private static String text(JsonNode json, String key) {
        String text = json.path(key).asText("");
        if (text.isBlank()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return text;
    }

    private static @Nullable String optional(JsonNode json, String key) {
        return json.hasNonNull(key) ? json.get(key).asText() : null;
    }

    private static List<String> texts(JsonNode json, String key) {
        return StreamSupport.stream(json.path(key).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** As a reader does with what it does not know. */
    private static <E extends Enum<E>> E known(Class<E> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseGet(() -> Enum.valueOf(type, "UNKNOWN"));
    }

    private static Submission submission(RequestEvent event, io.quittance.schema.Submission made) {
        var requester = made.getRequester();
        return new Submission(
                event.getRequestId(),
                event.getSubjectId(),
                known(Action.class, made.getAction().name()),
                made.getRegime(),
                new Requester(
                        known(RequesterType.class, requester.getType().name()),
                        requester.getId(),
                        requester.getRoles(),
                        requester.getIp(),
                        requester.getCountry(),
                        requester.getDevice()),
                made.getPurpose(),
                known(Channel.class, made.getChannel().name()),
                new Scope(made.getScope().getSystems(), made.getScope().getCategories()),
                new Identifiers(Map.of(), null),
                event.getOccurredAt(),
                made.getBreakGlass() == null ? null : EMERGENCY);
    }

    /** Without what may be personal. */
    @Override
    public String toString() {
        return "RecordedRequest[" + request.requestId() + "]";
    }
}
