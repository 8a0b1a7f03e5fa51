package io.quittance.executor.grant;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Task;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of tasks: compact JWS (RFC 7515), ES256, whose payload is all of the task, see
 * {@link TaskClaims}. The header may hold {@code alg}, {@code kid}, {@code typ} and {@code iss} and nothing else, so a
 * signature can neither bring its own key ({@code jwk}, {@code jku}, {@code x5u}) nor ask for what is not understood
 * ({@code crit}). What is remembered is only that a key made a signature, which spares the mathematics at later looks
 * at the same task: that the key still is in the set, and that the task is what was signed, is looked at each time.
 */
public final class SignedTasks implements Authenticity {
    private static final JOSEObjectType TYPE = new JOSEObjectType(TaskClaims.TYPE);
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ", "iss");

    /** More than the tasks that are worked on at the same time. */
    private static final int REMEMBERED = 256;

    private final Cache<String, ECKey> verified =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
    private final SigningKeys keys;
    private final boolean required;
    private final Topics topics;

    SignedTasks(SigningKeys keys, boolean required, Topics topics) {
        this.keys = keys;
        this.required = required;
        this.topics = topics;
    }

    /**
     * Checked with the keys of a file.
     *
     * @param required whether a task without a signature is refused; one that is there is always checked
     * @param topics of the pipeline whose tasks these are
     * @throws IOException if there is no key set in it now; the message says what is wrong
     */
    public static SignedTasks withKeysIn(Path file, boolean required, Topics topics) throws IOException {
        return new SignedTasks(new KeyFile(file), required, topics);
    }

    /**
     * Checked with the keys behind a URL, which are fetched with the first signature.
     *
     * @param required as for a file
     * @throws MalformedURLException if it is no URL
     */
    public static SignedTasks withKeysAt(URI url, boolean required, Topics topics) throws MalformedURLException {
        return new SignedTasks(new KeyUrl(url, KeyUrl.Freshness.DEFAULTS), required, topics);
    }

    @Override
    public void ensureGenuine(Task task) throws TaskFailure {
        @Nullable String signature = task.getSignature();
        if (signature != null) {
            ensureSame(task, verified(signature));
        } else if (required) {
            throw TaskFailure.refused(
                    "GRANT_SIGNATURE_MISSING",
                    "The grant is not signed, and this executor demands it: whoever wrote it, or the pipeline's"
                            + " grant.signing.key is not set.");
        }
    }

    @Override
    public void close() {
        keys.close();
    }

    /** The payload of a signature that one of the pipeline's keys made. */
    private String verified(String signature) throws TaskFailure {
        JWSObject signed = parsed(signature);
        ensureUnderstood(signed.getHeader());
        ECKey key = key(signed.getHeader());
        if (!key.equals(verified.getIfPresent(signature))) {
            verify(signed, key);
            verified.put(signature, key);
        }
        return signed.getPayload().toString();
    }

    private static void verify(JWSObject signed, ECKey key) throws TaskFailure {
        try {
            if (!signed.verify(new ECDSAVerifier(key))) {
                throw invalid("It was not made with the key that it names.");
            }
        } catch (JOSEException unusable) {
            throw invalid("It cannot be verified.");
        }
    }

    private static JWSObject parsed(String signature) throws TaskFailure {
        try {
            return JWSObject.parse(signature);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw invalid("It is no compact JWS.");
        }
    }

    private static void ensureUnderstood(JWSHeader header) throws TaskFailure {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            throw invalid("Its algorithm is not ES256.");
        }
        if (!TYPE.equals(header.getType())) {
            throw invalid("It is not of the type " + TaskClaims.TYPE + ".");
        }
        if (!HEADER.containsAll(header.getIncludedParams())) {
            throw invalid("Its header holds what this executor does not take.");
        }
    }

    private ECKey key(JWSHeader header) throws TaskFailure {
        try {
            // Without a name any key would do.
            if (header.getKeyID() != null) {
                return keys.find(header).orElseThrow(SignedTasks::unknownKey);
            }
        } catch (IOException unavailable) {
            throw TaskFailure.retryable(
                    "GRANT_KEYS_UNAVAILABLE", "The keys that grants are signed with, grant.jwks, cannot be read now.");
        }
        throw unknownKey();
    }

    private void ensureSame(Task task, String payload) throws TaskFailure {
        TaskClaims claims = TaskClaims.of(topics, task);
        if (claims.areIn(payload)) {
            return;
        }
        List<String> differences = claims.differencesFrom(payload);
        if (differences.equals(List.of("v")) || differences.equals(List.of("payload"))) {
            throw invalid("Its claims are of a version that this executor does not know.");
        }
        throw TaskFailure.refused(
                "GRANT_ALTERED",
                "The task is not what the pipeline signed, or has fields that this executor is too old for; it differs"
                        + " in: " + String.join(", ", differences) + ".");
    }

    private static TaskFailure invalid(String why) {
        return TaskFailure.refused("GRANT_SIGNATURE_INVALID", "The grant's signature is not good. " + why);
    }

    private static TaskFailure unknownKey() {
        return TaskFailure.refused(
                "GRANT_SIGNATURE_KEY_UNKNOWN",
                "The grant is signed with a key that is not in grant.jwks, or not there for that.");
    }
}
