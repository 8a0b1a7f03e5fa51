package io.quittance.proving.check;

import io.quittance.proving.check.DataMap.DatasetSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a request is about: what its publisher asked for, without what approvers left out. What the pipeline itself says
 * of its plan plays no part in it, but for which approvals it accepted.
 *
 * @param limits all of which hold
 */
record Extent(String action, List<Scope> limits) {
    /** Systems and categories that remain; an empty list leaves nothing out. */
    record Scope(List<String> systems, List<String> categories) {}

    /** What a publisher asked for. */
    record Asked(String action, Scope scope) {}

    /** Empty if nobody knows what was asked, or what was approved. */
    static Optional<Extent> of(Evidence evidence, String request) {
        return Optional.ofNullable(evidence.asked.get(request))
                .flatMap(asked -> evidence.lastAudit(request)
                        .map(audit -> new Extent(asked.action(), limits(evidence, asked, audit))));
    }

    private static List<Scope> limits(Evidence evidence, Asked asked, AuditSeen audit) {
        var limits = new ArrayList<Scope>();
        limits.add(asked.scope());
        audit.decisions().stream()
                .filter(made -> made.accepted() && made.verdict().equals("APPROVE"))
                .flatMap(made -> Stream.ofNullable(evidence.narrowings.get(made.decisionId())))
                .forEach(limits::add);
        return limits;
    }

    /**
     * Names of the datasets that have to be worked on, by system. Where an entry changed during the run nobody can tell
     * which of its versions a plan was made by, so that nothing is said of it.
     */
    Map<String, List<String>> datasets(DataMap map) {
        Map<String, List<String>> names = new TreeMap<>();
        map.systems().forEach((system, datasets) -> {
            List<String> touched = datasets.stream()
                    .filter(this::touches)
                    .map(DatasetSeen::name)
                    .toList();
            boolean meant = map.lists(system, action) && !map.changed().contains(system) && includes(system);
            if (meant && !touched.isEmpty()) {
                names.put(system, touched);
            }
        });
        return names;
    }

    private boolean includes(String system) {
        return limits.stream()
                .allMatch(scope -> scope.systems().isEmpty() || scope.systems().contains(system));
    }

    /** A delete takes whole rows, and so only datasets that hold nothing beyond the categories. */
    private boolean touches(DatasetSeen dataset) {
        if (limits.stream().allMatch(scope -> scope.categories().isEmpty())) {
            return true;
        }
        return action.equals("DELETE")
                ? !dataset.categories().isEmpty()
                        && dataset.categories().stream().allMatch(this::covers)
                : dataset.categories().stream().anyMatch(this::covers);
    }

    private boolean covers(String category) {
        return limits.stream()
                .allMatch(scope ->
                        scope.categories().isEmpty() || scope.categories().contains(category));
    }
}
