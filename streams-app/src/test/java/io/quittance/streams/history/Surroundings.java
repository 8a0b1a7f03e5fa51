package io.quittance.streams.history;

import io.quittance.streams.domain.World;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is published beside the subjects' own records: policy, data map, limits. Changes as a history goes on. */
final class Surroundings {
    final List<Rule> rules;
    final List<Limit> limits;
    private final Map<String, Integer> versions = new TreeMap<>();
    final Map<String, Freeze> freezes = new TreeMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private @Nullable World world;

    Surroundings(Setup setup) {
        rules = new ArrayList<>(setup.rules());
        limits = new ArrayList<>(setup.limits());
        Setup.SYSTEMS.forEach(system -> versions.put(system, 1));
    }

    World world() {
        if (world == null) {
            var systems = new TreeMap<String, SystemEntry>();
            versions.forEach((name, version) -> systems.put(name, Setup.entry(name, version)));
            var reachable = new HashSet<>(versions.keySet());
            reachable.removeAll(unreachable);
            List<Rule> inForce = List.copyOf(rules);
            world = new World(
                    facts -> {
                        Rule rule = inForce.get(purpose(facts.request().purpose()));
                        return new Judgement("default", 7, rule, rule.reason(), new TreeMap<>());
                    },
                    (predicate, facts) ->
                            predicate.equals(facts.approver().attributes().get("grade")),
                    new DataMap(systems, reachable),
                    new Freezes(List.copyOf(freezes.values())),
                    Limits.of(limits));
        }
        return world;
    }

    static int purpose(String name) {
        return Integer.parseInt(name.substring(1));
    }

    int version(String system) {
        return versions.getOrDefault(system, 0);
    }

    void changeMap(String system) {
        versions.merge(system, 1, Integer::sum);
        world = null;
    }

    void topic(String system, boolean there) {
        if (there) {
            unreachable.remove(system);
        } else {
            unreachable.add(system);
        }
        world = null;
    }

    void freeze(Freeze freeze) {
        freezes.put(freeze.name(), freeze);
        world = null;
    }

    void thaw(String name) {
        freezes.remove(name);
        world = null;
    }

    void rule(int purpose, Rule rule) {
        rules.set(purpose, rule);
        world = null;
    }

    void limit(int index, Limit limit) {
        limits.set(index, limit);
        world = null;
    }
}
