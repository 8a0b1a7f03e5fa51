package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A person's part of one dataset: the objects below a prefix, but not below the prefixes of datasets further inside.
 * Holds personal data in its keys, so it prints nothing of them.
 *
 * @param dataset as the plan has it
 * @param bucket where the objects are
 * @param prefix what their keys begin with; ends in '/'
 * @param inside longer prefixes of other datasets, in the task or spared by it, whose objects are theirs
 */
record ObjectSet(Dataset dataset, String bucket, String prefix, List<String> inside) {
    private static final String BUCKET = "[A-Za-z0-9][A-Za-z0-9._-]{1,254}";

    /**
     * The person's part of every dataset of a task, in the task's order. Nothing is asked of the store.
     *
     * @throws TaskFailure a refusal when a dataset or an identifier could find somebody else, or two datasets the same
     */
    static List<ObjectSet> of(Work work) throws TaskFailure {
        List<ObjectSet> sets = new ArrayList<>();
        for (Dataset dataset : work.task().getDatasets()) {
            sets.add(whole(work, dataset));
        }
        List<ObjectSet> all = new ArrayList<>(sets);
        all.addAll(spared(work, sets));
        List<ObjectSet> apart = new ArrayList<>();
        for (int at = 0; at < sets.size(); at++) {
            List<ObjectSet> others = new ArrayList<>(all);
            apart.add(others.remove(at).apartFrom(others));
        }
        return apart;
    }

    /** What the task is not about and may lie inside what it is about; the identifier of any other is not needed. */
    private static List<ObjectSet> spared(Work work, List<ObjectSet> sets) throws TaskFailure {
        List<ObjectSet> spared = new ArrayList<>();
        for (Dataset dataset : Objects.requireNonNullElse(work.task().getSpared(), List.<Dataset>of())) {
            KeyTemplate template = template(dataset);
            if (sets.stream()
                    .anyMatch(set -> set.bucket.equals(dataset.getLocation()) && template.mayLieInside(set.prefix))) {
                spared.add(whole(work, dataset));
            }
        }
        return spared;
    }

    private static ObjectSet whole(Work work, Dataset dataset) throws TaskFailure {
        return new ObjectSet(
                dataset, bucket(dataset), template(dataset).prefixFor(work.identifier(dataset)), List.of());
    }

    String name() {
        return dataset.getName();
    }

    /** Whether the object is this dataset's; one below the prefix of a dataset further inside is that one's. */
    boolean owns(String key) {
        return inside.stream().noneMatch(key::startsWith);
    }

    private ObjectSet apartFrom(List<ObjectSet> others) throws TaskFailure {
        List<String> longer = new ArrayList<>();
        for (ObjectSet other : others) {
            if (other.bucket.equals(bucket) && other.prefix.startsWith(prefix)) {
                ensureLonger(other);
                longer.add(other.prefix);
            }
        }
        return new ObjectSet(dataset, bucket, prefix, List.copyOf(longer));
    }

    private void ensureLonger(ObjectSet other) throws TaskFailure {
        if (other.prefix.equals(prefix)) {
            throw TaskFailure.refused(
                    "BAD_LOCATOR",
                    "Datasets " + name() + " and " + other.name()
                            + " find the same objects: give each its own prefix.");
        }
    }

    private static String bucket(Dataset dataset) throws TaskFailure {
        if (!dataset.getLocation().matches(BUCKET)) {
            throw TaskFailure.refused(
                    "BAD_LOCATION", "The location of dataset " + dataset.getName() + " is not the name of a bucket.");
        }
        return dataset.getLocation();
    }

    private static KeyTemplate template(Dataset dataset) throws TaskFailure {
        if (!dataset.getLocator().getPath().isEmpty()) {
            throw TaskFailure.refused(
                    "BAD_LOCATOR",
                    "The locator of dataset " + dataset.getName()
                            + " has a path of foreign keys, which an object store cannot follow.");
        }
        return KeyTemplate.parse(dataset.getName(), dataset.getLocator().getColumn());
    }

    @Override
    public String toString() {
        return "ObjectSet[dataset=" + name() + "]";
    }
}
