package io.quittance.proving.load;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published, and what the history is told of it.
 *
 * @param partition null for where Kafka's own clients put the key
 */
record Letter(
        String topic,
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, String> headers,
        Note note) {

    /** What the history is told, but for when and where. */
    record Note(
            Kind act,
            @Nullable String requestId,
            @Nullable String subjectId,
            String story,
            List<String> expected,
            Map<String, String> details) {

        static Note of(Kind act, String requestId, String subjectId, StoryKind story) {
            return new Note(act, requestId, subjectId, story.name(), List.of(), Map.of());
        }

        Note with(String name, String value) {
            var more = new java.util.HashMap<>(details);
            more.put(name, value);
            return new Note(act, requestId, subjectId, story, expected, more);
        }

        Note expecting(List<String> endings) {
            return new Note(act, requestId, subjectId, story, List.copyOf(endings), details);
        }

        Act act(long at, @Nullable Long acknowledgedAt, io.quittance.proving.history.@Nullable Place place) {
            return new Act(at, acknowledgedAt, act, requestId, subjectId, story, place, expected, details);
        }
    }

    static Letter keyed(String topic, String key, byte @Nullable [] value, Note note) {
        return new Letter(topic, null, key.getBytes(StandardCharsets.UTF_8), value, Map.of(), note);
    }

    Letter inPartition(int other) {
        return new Letter(topic, other, key, value, headers, note);
    }

    Letter withHeader(String name, String text) {
        return new Letter(topic, partition, key, value, Map.of(name, text), note);
    }

    Letter noting(String name, String text) {
        return new Letter(topic, partition, key, value, headers, note.with(name, text));
    }

    @Override
    public String toString() {
        return "Letter[" + note.act() + " " + note.requestId() + "]";
    }
}
