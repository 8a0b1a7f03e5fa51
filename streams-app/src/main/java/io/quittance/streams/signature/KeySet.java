package io.quittance.streams.signature;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.quittance.streams.domain.Door;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Web Key Set (RFC 7517), of which only what may check a decision is taken: public keys with a {@code kid}, on
 * P-256 or P-384, or RSA of 2,048 bits and more. What is marked for another use, has a {@code kid} twice, or has its
 * private part in the set (whoever reads the set could sign) is left out.
 *
 * <p>A key's member {@value #APPROVERS}, a list of approver ids, says for whom it may speak.
 */
final class KeySet {
    static final String APPROVERS = "quittance_approvers";
    /** Of the document, in characters. */
    static final int MAX_LENGTH = 1024 * 1024;

    private static final int MAX_KEYS = 5000;
    private static final int SMALLEST_RSA = 2048;
    private static final int LARGEST_RSA = 8192;

    private final Map<String, ApproverKey> keys;
    private final boolean listsNothing;

    private KeySet(Map<String, ApproverKey> keys, boolean listsNothing) {
        this.keys = Map.copyOf(keys);
        this.listsNothing = listsNothing;
    }

    /**
     * The keys of a set. One that lists nothing is a set: nobody signs yet, or any more. So is one of whose entries
     * none can be used, though a mistake ({@link #isUnusable}): what it does not list any more may be a stolen key.
     *
     * @throws ParseException if it is no JSON Web Key Set, or too large for one; the message holds nothing of it
     */
    static KeySet parse(String json) throws ParseException {
        Map<String, Object> document = JSONObjectUtils.parse(json, MAX_LENGTH);
        Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(document, "keys");
        if (entries == null || entries.length > MAX_KEYS) {
            throw new ParseException("no key set of at most " + MAX_KEYS + " keys", 0);
        }
        var keys = new HashMap<String, ApproverKey>();
        var ambiguous = new HashSet<String>();
        for (Map<String, Object> entry : entries) {
            read(entry).ifPresent(key -> {
                if (keys.put(key.key().getKeyID(), key) != null) {
                    ambiguous.add(key.key().getKeyID());
                }
            });
        }
        keys.keySet().removeAll(ambiguous);
        return new KeySet(keys, entries.length == 0);
    }

    Optional<ApproverKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    List<JWK> all() {
        return keys.values().stream().map(ApproverKey::key).toList();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether it lists keys of which none can be used. */
    boolean isUnusable() {
        return isEmpty() && !listsNothing;
    }

    /** A key of a kind that is not known says nothing about the others: it is left out, as RFC 7517 (5) wants. */
    private static Optional<ApproverKey> read(Map<String, Object> entry) {
        try {
            JWK key = JWK.parse(entry);
            Optional<JWSAlgorithm> algorithm = algorithm(key);
            if (algorithm.isEmpty() || key.isPrivate() || !isNamed(key) || !isForSignatures(key)) {
                return Optional.empty();
            }
            Algorithm declared = key.getAlgorithm();
            boolean fits = declared == null
                    || declared.getName().equals(algorithm.get().getName());
            return fits ? Optional.of(new ApproverKey(key, algorithm.get(), approvers(entry))) : Optional.empty();
        } catch (ParseException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** What a key of that kind signs with; there is one algorithm for each kind, so none can be talked down. */
    static Optional<JWSAlgorithm> algorithm(JWK key) {
        if (key instanceof ECKey elliptic) {
            Curve curve = elliptic.getCurve();
            return Curve.P_256.equals(curve)
                    ? Optional.of(JWSAlgorithm.ES256)
                    : Curve.P_384.equals(curve) ? Optional.of(JWSAlgorithm.ES384) : Optional.empty();
        }
        boolean strong = key instanceof RSAKey && key.size() >= SMALLEST_RSA && key.size() <= LARGEST_RSA;
        return strong ? Optional.of(JWSAlgorithm.PS256) : Optional.empty();
    }

    private static boolean isNamed(JWK key) {
        return key.getKeyID() != null && Door.isName(key.getKeyID(), Door.MAX_ID);
    }

    private static boolean isForSignatures(JWK key) {
        Set<KeyOperation> operations = key.getKeyOperations();
        return (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (operations == null || operations.contains(KeyOperation.VERIFY));
    }

    /** @throws ParseException if the member is there and no list of names: then nobody knows whom it was meant for */
    private static Optional<Set<String>> approvers(Map<String, Object> entry) throws ParseException {
        if (!entry.containsKey(APPROVERS)) {
            return Optional.empty();
        }
        List<String> named = JSONObjectUtils.getStringList(entry, APPROVERS);
        if (named == null || named.stream().anyMatch(name -> name == null)) {
            throw new ParseException("no list of approvers", 0);
        }
        return Optional.of(Set.copyOf(named));
    }
}
