package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.codec.PolicyVersionKey;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every version of one policy that the topic still knows.
 *
 * @param kept by version, in order; that in force is among them
 * @param inForce null if none is
 */
record PolicyVersions(
        String name,
        SortedMap<Integer, PolicyDocument> kept,
        @Nullable PolicyDocument inForce) {

    PolicyVersions {
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    }

    static PolicyVersions read(ContractLog log, Connection connection, String name) {
        SortedMap<Integer, PolicyDocument> kept = new TreeMap<>();
        var records = Tables.read(
                log,
                connection.topics().policies(),
                PolicyDocument.class,
                policy -> policy.getName().equals(name));
        records.values().forEach(policy -> kept.put(policy.getVersion(), policy));
        return new PolicyVersions(name, kept, records.get(name));
    }

    /**
     * Publishes a version: first into history, then in force. If it is cut off in between, the history has a version
     * that never came into force, and the next one counts on from it; the other way round one number could come to mean
     * two things.
     */
    static void publish(ContractLog log, String topic, PolicyDocument policy) {
        keep(log, topic, policy);
        log.append(topic, policy.getName(), policy);
    }

    private static void keep(ContractLog log, String topic, PolicyDocument policy) {
        log.append(topic, new PolicyVersionKey(policy.getName(), policy.getVersion()).toString(), policy);
    }

    /** Puts what is in force into history too, where it was published before there was one. */
    void keepInForce(ContractLog log, String topic) {
        if (inForce != null
                && log.lookUp(topic, key(inForce), PolicyDocument.class).isEmpty()) {
            keep(log, topic, inForce);
        }
    }

    private static String key(PolicyDocument policy) {
        return new PolicyVersionKey(policy.getName(), policy.getVersion()).toString();
    }

    /** Above all that are known; nothing if none is. */
    Optional<Integer> next() {
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.lastKey() + 1);
    }

    boolean isInForce(int version) {
        return inForce != null && inForce.getVersion() == version;
    }

    /** @throws CliException if the topic does not have it */
    PolicyDocument require(int version) {
        PolicyDocument policy = kept.get(version);
        if (policy == null) {
            throw CliException.notFound(
                    "There is no version " + version + " of the policy '" + name + "'.",
                    "'quittance policy history " + name + "' lists those there are.");
        }
        return policy;
    }

    /** @throws CliException if the topic has none */
    PolicyVersions requireAny() {
        if (kept.isEmpty()) {
            throw CliException.notFound(
                    "There is no policy '" + name + "', and there never was one that is remembered.",
                    "'quittance policy show' lists those in force.");
        }
        return this;
    }
}
