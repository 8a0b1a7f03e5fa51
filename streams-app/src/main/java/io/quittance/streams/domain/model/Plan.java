package io.quittance.streams.domain.model;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What would be done, exactly: what approvers see and what their decisions are bound to. */
public record Plan(
        Action action,
        List<PlannedSystem> systems,
        List<Minimization> minimizations,
        String policy,
        int policyVersion,
        String rule,
        Duration window) {
    public Plan {
        systems = List.copyOf(systems);
        minimizations = List.copyOf(minimizations);
    }

    public Optional<PlannedSystem> system(String name) {
        return systems.stream().filter(planned -> planned.system().equals(name)).findFirst();
    }

    public SortedSet<String> systemNames() {
        var names = new TreeSet<String>();
        systems.forEach(planned -> names.add(planned.system()));
        return names;
    }

    public SortedSet<String> categories() {
        var categories = new TreeSet<String>();
        systems.forEach(planned -> categories.addAll(planned.categories()));
        return categories;
    }

    public Plan onlySystems(Predicate<String> kept) {
        List<PlannedSystem> remaining =
                systems.stream().filter(planned -> kept.test(planned.system())).toList();
        return new Plan(action, remaining, minimizations, policy, policyVersion, rule, window);
    }

    /** Whether the plan covers all of these; an empty collection asks for nothing beyond it. */
    public boolean covers(Collection<String> systems, Collection<String> categories) {
        return systemNames().containsAll(systems) && categories().containsAll(categories);
    }
}
