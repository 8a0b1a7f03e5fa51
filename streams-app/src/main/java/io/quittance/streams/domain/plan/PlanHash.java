package io.quittance.streams.domain.plan;

import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SHA-256 of a plan for one request: what a decision must repeat. Taken over the JSON Canonicalization Scheme (RFC
 * 8785) form of {@code {"plan":…,"request_id":…,"subject_id":…}} with the field names of the Avro schema, so that an
 * approver service in any language can compute it from the prompt it shows.
 */
public final class PlanHash {
    private PlanHash() {}

    public static String of(String requestId, String subjectId, Plan plan) {
        byte[] canonical = canonical(requestId, subjectId, plan).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(canonical));
    }

    static String canonical(String requestId, String subjectId, Plan plan) {
        // RFC 8785: members sorted by name, no white space; all names here are ASCII.
        return "{\"plan\":{\"action\":" + quoted(plan.action().name())
                + ",\"minimizations\":" + array(plan.minimizations(), PlanHash::minimization)
                + ",\"policy\":" + quoted(plan.policy())
                + ",\"policy_version\":" + plan.policyVersion()
                + ",\"rule\":" + quoted(plan.rule())
                + ",\"systems\":" + array(plan.systems(), PlanHash::system)
                + ",\"window_ms\":" + plan.window().toMillis()
                + "},\"request_id\":" + quoted(requestId)
                + ",\"subject_id\":" + quoted(subjectId) + "}";
    }

    private static String minimization(Minimization one) {
        return "{\"category\":" + quoted(one.category()) + ",\"transformation\":"
                + quoted(one.transformation().name()) + "}";
    }

    private static String system(PlannedSystem one) {
        return "{\"categories\":" + strings(one.categories())
                + ",\"datasets\":" + strings(one.datasets())
                + ",\"map_version\":" + one.mapVersion()
                + ",\"stage\":" + one.stage()
                + ",\"system\":" + quoted(one.system()) + "}";
    }

    private static String strings(List<String> values) {
        return array(values, PlanHash::quoted);
    }

    private static <T> String array(Collection<T> values, java.util.function.Function<T, String> form) {
        return values.stream().map(form).collect(Collectors.joining(",", "[", "]"));
    }

    /** RFC 8785, 3.2.2.2. */
    private static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
