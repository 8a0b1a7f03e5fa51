package io.quittance.executor;

import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task that has passed the grant check, with what its execution needs. */
public record Work(Task task, GrantGuard guard, Transformations transformations) {
    /** Identifier type that means the pseudonym itself. */
    public static final String SUBJECT_ID = "subject_id";

    /** The value that finds the subject in a dataset. Personal data. */
    public String identifier(Dataset dataset) throws TaskFailure {
        String value = identifierOrNull(task, dataset.getLocator());
        if (value == null) {
            throw TaskFailure.refused(
                    "MISSING_IDENTIFIER",
                    "Dataset " + dataset.getName() + " is searched by an identifier the task does not carry: "
                            + dataset.getLocator().getIdentifier() + ".");
        }
        return value;
    }

    /** The fields of a dataset that the plan lets out: placed in a category, and in a granted one. */
    public List<Field> grantedFields(Dataset dataset) {
        return dataset.getFields().stream()
                .filter(field -> !field.getCategory().isBlank())
                .filter(field -> grants(field.getCategory()))
                .toList();
    }

    /** Whether the grant covers a category; one that names none covers all that the plan names. */
    public boolean grants(String category) {
        List<String> categories = task.getGrant().getCategories();
        return categories.isEmpty() || categories.contains(category);
    }

    /** Whether the grant covers every category of a dataset, so that whole rows or objects of it may go. */
    public boolean grantsAllOf(Dataset dataset) {
        return dataset.getFields().stream()
                .map(Field::getCategory)
                .filter(category -> !category.isBlank())
                .allMatch(this::grants);
    }

    private static @Nullable String identifierOrNull(Task task, Locator locator) {
        return SUBJECT_ID.equals(locator.getIdentifier())
                ? task.getSubjectId()
                : task.getIdentifiers().getPlain().get(locator.getIdentifier());
    }

    /** Names the task and nothing of the person. */
    @Override
    public String toString() {
        return "Work[task_id=" + task.getTaskId() + ", attempt=" + task.getAttempt() + "]";
    }
}
