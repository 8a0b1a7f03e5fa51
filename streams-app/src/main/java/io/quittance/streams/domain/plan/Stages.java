package io.quittance.streams.domain.plan;

import io.quittance.streams.domain.model.SystemEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The order among systems: one may have to be done after others. */
final class Stages {
    private Stages() {}

    /** For each system the length of the longest chain of systems before it; empty if the order has a cycle. */
    static Optional<Map<String, Integer>> depths(Collection<SystemEntry> entries) {
        Map<String, SystemEntry> byName =
                entries.stream().collect(Collectors.toMap(SystemEntry::system, Function.identity()));
        var depths = new HashMap<String, Integer>();
        for (String system : byName.keySet()) {
            if (depth(system, byName, depths, new HashSet<>()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(depths);
    }

    /** Stage numbers without gaps for the systems chosen. Reads need no order. */
    static Map<String, Integer> numbered(List<SystemEntry> chosen, Map<String, Integer> depths, boolean ordered) {
        var present = new TreeSet<Integer>();
        chosen.forEach(entry -> present.add(depths.getOrDefault(entry.system(), 0)));
        return chosen.stream()
                .collect(Collectors.toMap(
                        SystemEntry::system,
                        entry -> ordered
                                ? present.headSet(depths.getOrDefault(entry.system(), 0))
                                        .size()
                                : 0));
    }

    private static int depth(
            String system, Map<String, SystemEntry> byName, Map<String, Integer> known, Set<String> above) {
        Integer before = known.get(system);
        if (before != null) {
            return before;
        }
        SystemEntry entry = byName.get(system);
        if (entry == null) {
            return 0;
        }
        if (!above.add(system)) {
            return -1;
        }
        int deepest = 0;
        for (String predecessor : entry.after()) {
            int depth = depth(predecessor, byName, known, above);
            if (depth < 0) {
                return -1;
            }
            deepest = Math.max(deepest, byName.containsKey(predecessor) ? depth + 1 : 0);
        }
        above.remove(system);
        known.put(system, deepest);
        return deepest;
    }
}
