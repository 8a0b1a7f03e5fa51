package io.quittance.executor.jdbc;

import io.quittance.executor.TaskFailure;
import io.quittance.schema.Dataset;
import io.quittance.schema.ForeignKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Children before parents, by the foreign keys of the data map's paths and of the database itself. */
final class DisposalOrder {
    private DisposalOrder() {}

    /**
     * The same datasets in an order in which none is disposed of before those that refer to it. Where tables refer to
     * each other in a circle there is no such order; the database's own deferrable constraints then decide.
     */
    static List<Located> of(List<Located> datasets, Catalog catalog) throws SQLException, TaskFailure {
        Map<Long, Set<Long>> references = references(datasets, catalog);
        List<Located> remaining = new ArrayList<>(datasets);
        List<Located> ordered = new ArrayList<>();
        while (!remaining.isEmpty()) {
            Located next = remaining.stream()
                    .filter(candidate -> remaining.stream()
                            .noneMatch(other -> refersTo(references, other.table(), candidate.table())))
                    .findFirst()
                    .orElse(remaining.get(0));
            remaining.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean refersTo(Map<Long, Set<Long>> references, Table child, Table parent) {
        if (child.oid() == parent.oid()) {
            return false;
        }
        Set<Long> reached = new LinkedHashSet<>(references.getOrDefault(child.oid(), Set.of()));
        List<Long> ahead = new ArrayList<>(reached);
        while (!ahead.isEmpty()) {
            for (Long further : references.getOrDefault(ahead.remove(0), Set.of())) {
                if (reached.add(further)) {
                    ahead.add(further);
                }
            }
        }
        return reached.contains(parent.oid());
    }

    private static Map<Long, Set<Long>> references(List<Located> datasets, Catalog catalog)
            throws SQLException, TaskFailure {
        Map<Long, Set<Long>> references = new HashMap<>();
        Set<Table> tables = new HashSet<>();
        for (Located located : datasets) {
            tables.add(located.table());
            Table child = located.table();
            Dataset dataset = located.dataset();
            for (ForeignKey key : dataset.getLocator().getPath()) {
                Table parent = catalog.table(dataset, key.getReferencesTable());
                references
                        .computeIfAbsent(child.oid(), unknown -> new HashSet<>())
                        .add(parent.oid());
                tables.add(parent);
                child = parent;
            }
        }
        catalog.foreignKeys(tables)
                .forEach((child, parents) -> references
                        .computeIfAbsent(child, unknown -> new HashSet<>())
                        .addAll(parents));
        return references;
    }
}
