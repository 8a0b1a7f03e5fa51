package io.quittance.streams.signature;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;
import java.util.Set;

/**
 * A public key that decisions may be signed with.
 *
 * @param algorithm the only one that it signs with
 * @param approvers for whom it may speak; empty for the approver service's own key, which speaks for every approver,
 *     but only of the issuer that the configuration names
 */
record ApproverKey(JWK key, JWSAlgorithm algorithm, Optional<Set<String>> approvers) {
    ApproverKey {
        approvers = approvers.map(Set::copyOf);
    }

    /** @param issued whether the signature is of the issuer that the configuration names */
    boolean maySpeakFor(String approver, boolean issued) {
        return approvers.map(named -> named.contains(approver)).orElse(issued);
    }

    @Override
    public String toString() {
        return "ApproverKey[" + algorithm + "]";
    }
}
