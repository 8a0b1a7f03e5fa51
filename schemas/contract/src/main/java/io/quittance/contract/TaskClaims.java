package io.quittance.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quittance.schema.Task;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the signature of a task says: the payload of a compact JWS, which the pipeline makes and an executor compares
 * with the task it got. Every field of the task is a claim, under its own name and as RFC 8785 writes it, so a field
 * that is added to the schema is signed from then on. Exceptions:
 *
 * <table>
 *   <caption>Claims that are no fields, and fields that are other claims</caption>
 *   <tr><td>{@code v}<td>{@value #VERSION}: how these claims are made
 *   <tr><td>{@code topics}<td>the prefix of the pipeline's topics: what one pipeline issued is nothing to another, even
 *       if they share a key
 *   <tr><td>{@code identifiers_sha256}, {@code datasets_sha256}, {@code minimizations_sha256}, {@code spared_sha256}
 *       <td>in place of these fields: SHA-256, lower-case hexadecimal, of each in that same form
 *   <tr><td>{@code signature}<td>none
 * </table>
 *
 * <p>A field that is null is no claim. So an executor that is older than a field works with the tasks that leave it
 * null, and refuses those that do not, because it sees less than was signed.
 */
public final class TaskClaims {
    /** Of the rules above; an executor takes no other. */
    public static final int VERSION = 1;

    /** The header's {@code typ}: what was signed for something else is no task. */
    public static final String TYPE = "quittance-task+jws";

    private static final String SIGNATURE = "signature";
    private static final Set<String> DIGESTED = Set.of("identifiers", "datasets", "minimizations", "spared");
    private static final JsonMapper JSON = new JsonMapper();

    private final String canonical;

    private TaskClaims(String canonical) {
        this.canonical = canonical;
    }

    /** @param topics of the pipeline that issues it; for an executor, the ones it is configured with */
    public static TaskClaims of(Topics topics, Task task) {
        Map<String, Object> claims = new TreeMap<>(CanonicalJson.members(task));
        claims.remove(SIGNATURE);
        for (String field : DIGESTED) {
            Object value = claims.remove(field);
            if (value != null) {
                claims.put(field + "_sha256", sha256(CanonicalJson.write(value)));
            }
        }
        claims.put("topics", topics.prefix());
        claims.put("v", VERSION);
        return new TaskClaims(CanonicalJson.write(claims));
    }

    /** The payload, to be encoded in UTF-8. */
    public String canonical() {
        return canonical;
    }

    /** Whether that payload says this and nothing else. */
    public boolean areIn(String payload) {
        return canonical.equals(payload);
    }

    /**
     * Names of the claims in which a payload differs, such as {@code grant.not_after}, without their values; for a
     * payload of another version just {@code v}, and {@code payload} if it is no JSON object.
     */
    public List<String> differencesFrom(String payload) {
        try {
            JsonNode own = JSON.readTree(canonical);
            JsonNode other = JSON.readTree(payload);
            if (!other.isObject()) {
                return List.of("payload");
            }
            return own.path("v").equals(other.path("v")) ? differences("", own, other) : List.of("v");
        } catch (JsonProcessingException malformed) {
            return List.of("payload");
        }
    }

    private static List<String> differences(String within, JsonNode own, JsonNode other) {
        Set<String> names = new TreeSet<>();
        own.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> !own.path(name).equals(other.path(name)))
                .flatMap(name -> own.path(name).isObject() && other.path(name).isObject()
                        ? differences(within + name + ".", own.path(name), other.path(name)).stream()
                        : Stream.of(within + name))
                .toList();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Holds the subject and more: not for logs. */
    @Override
    public String toString() {
        return "TaskClaims[v=" + VERSION + "]";
    }
}
