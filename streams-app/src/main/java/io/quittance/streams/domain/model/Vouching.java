package io.quittance.streams.domain.model;

import io.quittance.streams.domain.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What vouches for who decided.
 *
 * @param keyId the key that signed; null where the signature was not checked or is not good
 * @param problem why the signature is not good; null where it is, or where there is none
 */
public record Vouching(
        Method method, @Nullable String keyId, @Nullable Refusal problem) {
    /** Nothing but the topic's ACL, which lets only the approver service write. */
    public static final Vouching BY_TOPIC = new Vouching(Method.TOPIC_ACL, null, null);

    public static Vouching bySignature(String keyId) {
        return new Vouching(Method.SIGNATURE, keyId, null);
    }

    public static Vouching notBy(Refusal problem) {
        return new Vouching(Method.TOPIC_ACL, null, problem);
    }

    public boolean signed() {
        return method == Method.SIGNATURE;
    }

    /** As the audit names it. */
    public enum Method {
        TOPIC_ACL,
        SIGNATURE
    }
}
