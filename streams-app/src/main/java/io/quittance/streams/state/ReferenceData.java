package io.quittance.streams.state;

import io.quittance.streams.domain.World;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Predicates;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies, the data map, the limits and the freezes in force in this instance. Written by the thread that reads
 * their topics and the one that looks for task topics, read by all; a reader gets one consistent, immutable picture.
 */
public final class ReferenceData {
    private final Map<String, Published> policies = new HashMap<>();
    private final Map<String, SystemEntry> systems = new HashMap<>();
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, Freeze> freezes = new HashMap<>();
    private final Set<String> unreadableSystems = new HashSet<>();
    private Set<String> reachable = Set.of();
    private long freezeRevision;
    private Limits limitsInForce = Limits.EMPTY;
    private final String policyName;
    private final Predicates predicates;
    private volatile World current;

    private record Published(Policy policy, Policies compiled) {}

    /** @param policyName the policy that judges, once it is published; until then every request is denied */
    public ReferenceData(String policyName, Predicates predicates) {
        this.policyName = policyName;
        this.predicates = predicates;
        this.current = new World(unavailable(), predicates, DataMap.EMPTY, Freezes.EMPTY, Limits.EMPTY);
    }

    /** What the decider may know now. */
    public World current() {
        return current;
    }

    /** The policy in force under that name; null if there is none. */
    public synchronized @Nullable Policy policy(String name) {
        Published published = policies.get(name);
        return published == null ? null : published.policy();
    }

    /** The system's entry in force; null if there is none. */
    public synchronized @Nullable SystemEntry system(String name) {
        return systems.get(name);
    }

    public synchronized void publish(Policy policy, Policies compiled) {
        policies.put(policy.name(), new Published(policy, compiled));
        refresh();
    }

    public synchronized void withdrawPolicy(String name) {
        policies.remove(name);
        refresh();
    }

    public synchronized void publish(SystemEntry entry) {
        systems.put(entry.system(), entry);
        unreadableSystems.remove(entry.system());
        refresh();
    }

    public synchronized void withdrawSystem(String name) {
        systems.remove(name);
        unreadableSystems.remove(name);
        refresh();
    }

    /** What was published last for the system cannot be used; an entry that is in force stays so. */
    public synchronized void unreadableSystem(String name) {
        if (!systems.containsKey(name)) {
            unreadableSystems.add(name);
            refresh();
        }
    }

    /** The limit in force under that name; null if there is none. */
    public synchronized @Nullable Limit limit(String name) {
        return limits.get(name);
    }

    public synchronized void publish(Limit limit) {
        limits.put(limit.name(), limit);
        limitsInForce = Limits.of(limits.values());
        refresh();
    }

    public synchronized void withdrawLimit(String name) {
        limits.remove(name);
        limitsInForce = Limits.of(limits.values());
        refresh();
    }

    /** @param key what it is published under */
    public synchronized void publish(String key, Freeze freeze) {
        freezes.put(key, freeze);
        freezeRevision++;
        refresh();
    }

    public synchronized void liftFreeze(String key) {
        freezes.remove(key);
        freezeRevision++;
        refresh();
    }

    /** @param names systems whose task topic exists */
    public synchronized void reachable(Set<String> names) {
        reachable = Set.copyOf(names);
        refresh();
    }

    /** Whether there is a policy to judge by. */
    public synchronized boolean hasPolicy() {
        return policies.containsKey(policyName);
    }

    /** How many systems the data map has. */
    public synchronized int systemCount() {
        return systems.size();
    }

    private void refresh() {
        Published inForce = policies.get(policyName);
        current = new World(
                inForce == null ? unavailable() : inForce.compiled(),
                predicates,
                new DataMap(systems, reachable, unreadable()),
                new Freezes(List.copyOf(freezes.values()), freezeRevision),
                limitsInForce);
    }

    /** What has no topic of tasks never was a system, only a record under such a key. */
    private Set<String> unreadable() {
        return unreadableSystems.stream().filter(reachable::contains).collect(Collectors.toSet());
    }

    private Policies unavailable() {
        return facts -> Judgement.unavailable(policyName, "The policy has not been published.");
    }
}
