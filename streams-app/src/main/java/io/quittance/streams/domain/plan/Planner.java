package io.quittance.streams.domain.plan;

import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.policy.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes plans. The same request, rule and map give the same plan everywhere. */
public final class Planner {
    private Planner() {}

    /** What the action comes to within the scope, under the rule. */
    public static Planned plan(Action action, Scope scope, String policy, int policyVersion, Rule rule, DataMap map) {
        if (map.hidesPartOf(scope)) {
            return new Planned.Impossible(Refusal.MAP_UNREADABLE);
        }
        Optional<Refusal> senseless = outsideTheMap(scope, map);
        if (senseless.isPresent()) {
            return new Planned.Impossible(senseless.get());
        }
        Optional<Map<String, Integer>> depths = Stages.depths(map.inOrder());
        if (depths.isEmpty()) {
            return new Planned.Impossible(Refusal.MAP_HAS_CYCLE);
        }
        List<SystemEntry> chosen = map.inOrder().stream()
                .filter(entry -> scope.includesSystem(entry.system()))
                .filter(entry -> entry.actions().contains(action))
                .filter(entry -> !datasets(entry, action, scope).isEmpty())
                .toList();
        if (chosen.isEmpty()) {
            return new Planned.Impossible(Refusal.NOTHING_TO_DO);
        }
        Map<String, Integer> stages = Stages.numbered(chosen, depths.get(), action.writes());
        List<PlannedSystem> systems = chosen.stream()
                .map(entry -> planned(entry, action, scope, stages.getOrDefault(entry.system(), 0)))
                .toList();
        return new Planned.Made(
                new Plan(action, systems, rule.minimize(), policy, policyVersion, rule.id(), rule.window()));
    }

    /**
     * The plan as the approvals leave it: every narrowing applied. The data map must still be the planned one; a
     * dataset's categories are taken from it. Where a system's entry is missing, its datasets stay undecided, but never
     * its categories: nothing goes out without an entry, and what goes out is narrowed again by the grant.
     */
    public static Plan narrowed(Plan plan, Collection<Narrowing> narrowings, DataMap map) {
        Plan remaining = plan;
        for (Narrowing narrowing : narrowings) {
            remaining = narrowed(remaining, narrowing, map);
        }
        return remaining;
    }

    /** Datasets of an entry that the action may touch within the scope. */
    public static List<Dataset> datasets(SystemEntry entry, Action action, Scope scope) {
        return entry.datasets().stream()
                .filter(dataset -> touches(dataset, action, scope))
                .toList();
    }

    /**
     * Datasets of an entry that are not among these. One location may lie inside another, or be another name for it: a
     * folder in a folder, a partition of a table. Only who knows all of them can tell what belongs to which.
     */
    public static List<Dataset> spared(SystemEntry entry, List<Dataset> covered) {
        return entry.datasets().stream()
                .filter(dataset -> !covered.contains(dataset))
                .toList();
    }

    /** A delete takes whole rows, so it spares a dataset that holds anything beyond the categories asked about. */
    private static boolean touches(Dataset dataset, Action action, Scope scope) {
        if (scope.categories().isEmpty()) {
            return true;
        }
        Predicate<String> inScope = scope::includesCategory;
        return action == Action.DELETE
                ? dataset.categories().stream().allMatch(inScope)
                        && !dataset.categories().isEmpty()
                : dataset.categories().stream().anyMatch(inScope);
    }

    private static Optional<Refusal> outsideTheMap(Scope scope, DataMap map) {
        if (!map.systems().keySet().containsAll(scope.systems())) {
            return Optional.of(Refusal.UNKNOWN_SYSTEM);
        }
        SortedSet<String> known = new TreeSet<>();
        map.inOrder().forEach(entry -> entry.datasets().forEach(dataset -> known.addAll(dataset.categories())));
        return known.containsAll(scope.categories()) ? Optional.empty() : Optional.of(Refusal.UNKNOWN_CATEGORY);
    }

    private static PlannedSystem planned(SystemEntry entry, Action action, Scope scope, int stage) {
        var names = new ArrayList<String>();
        var categories = new TreeSet<String>();
        for (Dataset dataset : datasets(entry, action, scope)) {
            names.add(dataset.name());
            dataset.categories().stream().filter(scope::includesCategory).forEach(categories::add);
        }
        return new PlannedSystem(entry.system(), entry.version(), stage, names, List.copyOf(categories));
    }

    private static Plan narrowed(Plan plan, Narrowing narrowing, DataMap map) {
        if (narrowing.equals(Narrowing.NONE)
                && plan.systems().stream()
                        .noneMatch(planned -> planned.datasets().isEmpty())) {
            return plan;
        }
        var scope = new Scope(narrowing.systems(), narrowing.categories());
        List<PlannedSystem> systems = plan.systems().stream()
                .filter(planned -> scope.includesSystem(planned.system()))
                .map(planned -> narrowed(planned, plan.action(), scope, map))
                .filter(planned -> !planned.datasets().isEmpty())
                .toList();
        var window = narrowing.window() == null || narrowing.window().compareTo(plan.window()) > 0
                ? plan.window()
                : narrowing.window();
        return new Plan(
                plan.action(), systems, plan.minimizations(), plan.policy(), plan.policyVersion(), plan.rule(), window);
    }

    private static PlannedSystem narrowed(PlannedSystem planned, Action action, Scope scope, DataMap map) {
        if (scope.categories().isEmpty()) {
            return planned;
        }
        List<String> categories =
                planned.categories().stream().filter(scope::includesCategory).toList();
        List<String> datasets = categories.isEmpty()
                ? List.of()
                : stillTouched(planned, action, new Scope(List.of(), categories), map.find(planned.system()));
        return new PlannedSystem(planned.system(), planned.mapVersion(), planned.stage(), datasets, categories);
    }

    /** By the categories that all narrowings so far have left: no list of categories would mean all of them. */
    private static List<String> stillTouched(
            PlannedSystem planned, Action action, Scope left, @Nullable SystemEntry entry) {
        return entry == null
                ? planned.datasets()
                : datasets(entry, action, left).stream()
                        .map(Dataset::name)
                        .filter(planned.datasets()::contains)
                        .toList();
    }
}
