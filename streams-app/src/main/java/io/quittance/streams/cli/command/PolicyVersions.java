package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.codec.PolicyVersionKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every version of one policy that the topic still knows.
 *
 * @param history as the topic keeps it, by version; null for one that is there and cannot be read
 * @param published what the policy's own key has
 */
record PolicyVersions(
        String name, SortedMap<Integer, @Nullable PolicyDocument> history, Published<PolicyDocument> published) {

    PolicyVersions {
        history = Collections.unmodifiableSortedMap(new TreeMap<>(history));
    }

    static PolicyVersions read(ContractLog log, Connection connection, String name) {
        SortedMap<Integer, @Nullable PolicyDocument> history = new TreeMap<>();
        Published<PolicyDocument> published = new Published<>();
        log.scan(connection.topics().policies(), PolicyDocument.class, entry -> {
            if (entry.key().equals(name)) {
                published.add(entry);
            } else {
                PolicyVersionKey.of(entry.key())
                        .filter(key -> key.policy().equals(name))
                        .ifPresent(key -> history.put(key.version(), entry.value()));
            }
        });
        return new PolicyVersions(name, history, published);
    }

    /** By version, in order: that in force is among them, and each says what instances used under its number. */
    SortedMap<Integer, PolicyDocument> kept() {
        SortedMap<Integer, PolicyDocument> kept = new TreeMap<>();
        history.forEach((version, policy) -> {
            if (policy != null) {
                kept.put(version, policy);
            }
        });
        kept.putAll(published.used());
        return kept;
    }

    /** Null if none is. */
    @Nullable
    PolicyDocument inForce() {
        return published.inForce().orElse(null);
    }

    /**
     * Publishes a version: first into history, then in force. If it is cut off in between, the history has a version
     * that never came into force, and the next one counts on from it; the other way round one number could come to mean
     * two things.
     *
     * @return whether it is in force; not if somebody else was first with that version, whose content history has lost
     *     then: read again, {@link #completeHistory}, and publish the next version
     */
    static boolean publish(ContractLog log, String topic, PolicyDocument policy) {
        keep(log, topic, policy);
        long offset = log.append(topic, policy.getName(), policy);
        return !Published.read(log, topic, policy.getName(), PolicyDocument.class)
                .isLate(offset);
    }

    private static void keep(ContractLog log, String topic, PolicyDocument policy) {
        log.append(topic, new PolicyVersionKey(policy.getName(), policy.getVersion()).toString(), policy);
    }

    /**
     * Puts into history what came into force and is not there: it was published before there was a history, or somebody
     * who published at the same moment, and came second, has overwritten it.
     */
    void completeHistory(ContractLog log, String topic) {
        published.used().forEach((version, policy) -> {
            if (!policy.equals(history.get(version))) {
                keep(log, topic, policy);
            }
        });
    }

    /** What publishing a draft would change. */
    Publication plan(PolicyDocument draft, ContractLog log, String topic) {
        int remembered = history.isEmpty() ? 1 : Published.above(history.lastKey(), name);
        return Publication.of(name, draft, published, () -> history.isEmpty() ? log.firstVersion(topic, name) : 1)
                .atLeast(remembered);
    }

    boolean isInForce(int version) {
        PolicyDocument inForce = inForce();
        return inForce != null && inForce.getVersion() == version;
    }

    /** @throws CliException if the topic does not have it */
    PolicyDocument require(int version) {
        PolicyDocument policy = kept().get(version);
        if (policy == null) {
            throw CliException.notFound(
                    "There is no version " + version + " of the policy '" + name + "'.",
                    "'quittance policy history " + name + "' lists those there are.");
        }
        return policy;
    }

    /** @throws CliException if the topic has none */
    PolicyVersions requireAny() {
        if (kept().isEmpty()) {
            throw CliException.notFound(
                    "There is no policy '" + name + "', and there never was one that is remembered.",
                    "'quittance policy show' lists those in force.");
        }
        return this;
    }
}
