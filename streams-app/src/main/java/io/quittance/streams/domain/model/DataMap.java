package io.quittance.streams.domain.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The systems that hold personal data, as published now, and which of them can be reached.
 *
 * @param systems by name
 * @param reachable systems whose task topic exists
 * @param unreadable systems that were published so that nobody can say what they hold
 */
public record DataMap(Map<String, SystemEntry> systems, Set<String> reachable, Set<String> unreadable) {
    public static final DataMap EMPTY = new DataMap(Map.of(), Set.of());

    public DataMap {
        systems = Map.copyOf(systems);
        reachable = Set.copyOf(reachable);
        unreadable = Set.copyOf(unreadable);
    }

    /** A map of which everything can be read. */
    public DataMap(Map<String, SystemEntry> systems, Set<String> reachable) {
        this(systems, reachable, Set.of());
    }

    /** Whether a plan within the scope could leave a system out because nobody can read its entry. */
    public boolean hidesPartOf(Scope scope) {
        return unreadable.stream().anyMatch(scope::includesSystem);
    }

    public @Nullable SystemEntry find(String system) {
        return systems.get(system);
    }

    /** Entries in order of name, so that whatever is derived from the map is the same everywhere. */
    public Collection<SystemEntry> inOrder() {
        return new TreeMap<>(systems).values();
    }

    /** Whether work as planned can go to the system: its topic exists and its entry is still the planned one. */
    public Readiness readiness(PlannedSystem planned) {
        SystemEntry entry = systems.get(planned.system());
        if (entry == null || !reachable.contains(planned.system())) {
            return Readiness.UNREACHABLE;
        }
        return entry.version() == planned.mapVersion() ? Readiness.READY : Readiness.CHANGED;
    }

    /** Whether a planned system can be given its work. */
    public enum Readiness {
        READY,
        /** Its topic or its entry is missing: wait, and tell somebody. */
        UNREACHABLE,
        /** Its entry is not the one the approvers saw: ask again. */
        CHANGED
    }
}
