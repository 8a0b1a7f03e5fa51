package io.quittance.streams.signature;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision as claims (RFC 7519). Every field of the decision is one, so nothing of it can be changed under a
 * signature; what is empty or null is left out, but for a text within the attributes.
 *
 * <table>
 *   <caption>Claims</caption>
 *   <tr><td>{@code sub}<td>{@code approver.id}
 *   <tr><td>{@code jti}<td>{@code decision_id}
 *   <tr><td>{@code iat}<td>{@code occurred_at}, in whole seconds
 *   <tr><td>{@code request_id}, {@code subject_id}, {@code verdict}, {@code plan_sha256}, {@code reason}<td>as named
 *   <tr><td>{@code groups}, {@code kind}, {@code attributes}<td>of the approver
 *   <tr><td>{@code narrowing}<td>{@code systems}, {@code categories}, {@code window_ms}
 * </table>
 */
final class DecisionClaims {
    static final String APPROVER = "sub";
    static final String ISSUER = "iss";
    static final String ISSUED_AT = "iat";
    static final String NOT_BEFORE = "nbf";
    static final String EXPIRES_AT = "exp";

    private static final Set<String> BOUND = Set.of(
            APPROVER,
            "jti",
            ISSUED_AT,
            "request_id",
            "subject_id",
            "verdict",
            "plan_sha256",
            "reason",
            "groups",
            "kind",
            "attributes",
            "narrowing");

    private DecisionClaims() {}

    static Map<String, Object> of(String subjectId, Command.Decide decide) {
        Approver approver = decide.approver();
        Map<String, @Nullable Object> claims = new TreeMap<>();
        claims.put(APPROVER, approver.id());
        claims.put("jti", decide.decisionId());
        claims.put(ISSUED_AT, decide.at().getEpochSecond());
        claims.put("request_id", decide.requestId());
        claims.put("subject_id", subjectId);
        claims.put("verdict", decide.verdict().name());
        claims.put("plan_sha256", decide.planHash());
        claims.put("reason", decide.reason());
        claims.put("groups", approver.groups());
        claims.put("kind", approver.kind().name());
        claims.put("attributes", approver.attributes());
        claims.put("narrowing", narrowing(decide.narrowing()));
        return compared(claims);
    }

    /** Whether the claims say exactly what the decision says. */
    static boolean match(Map<String, Object> claims, String subjectId, Command.Decide decide) {
        Map<String, Object> said = compared(claims);
        said.keySet().retainAll(BOUND);
        if (decide.verdict() != Verdict.APPROVE) {
            // Of a no, the decision has its reason as it can be kept.
            said.computeIfPresent("reason", (name, reason) -> legible(reason));
        }
        return said.equals(of(subjectId, decide));
    }

    private static Object legible(Object reason) {
        return reason instanceof String text ? Door.legible(text, Door.MAX_REASON) : reason;
    }

    private static Map<String, Object> narrowing(Narrowing narrowing) {
        Duration window = narrowing.window();
        Map<String, @Nullable Object> claim = new TreeMap<>();
        claim.put("systems", narrowing.systems());
        claim.put("categories", narrowing.categories());
        claim.put("window_ms", window == null ? null : window.toMillis());
        return withoutEmpty(claim);
    }

    /** An empty text is none. Within attributes it is one: a predicate of a rule can tell the two apart. */
    private static Map<String, Object> compared(Map<?, ?> claims) {
        Map<String, Object> said = withoutEmpty(claims);
        said.values().removeIf(""::equals);
        return said;
    }

    /** One form for what means the same: without nulls and empty collections, numbers by their value. */
    private static Map<String, Object> withoutEmpty(Map<?, ?> members) {
        Map<String, Object> kept = new TreeMap<>();
        members.forEach((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                kept.put(String.valueOf(name), plain);
            }
        });
        return kept;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> kept = withoutEmpty(members);
            return kept.isEmpty() ? null : kept;
        } else if (value instanceof Collection<?> elements) {
            List<Object> kept = new ArrayList<>();
            elements.forEach(element -> kept.add(Objects.requireNonNullElse(plain(element), List.of())));
            return kept.isEmpty() ? null : kept;
        } else if (value instanceof Number number) {
            boolean whole = number.doubleValue() == (double) number.longValue();
            return whole ? (Object) number.longValue() : number;
        }
        return value;
    }
}
