package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Minimization;
import io.quittance.schema.Transformation;

/**
 * Whether the objects of a dataset may leave their system. An object leaves whole or not at all: it cannot be cut down
 * to some of its categories, nor masked.
 */
enum Release {
    RELEASED,
    /** The data map places its objects in no category. */
    NO_CATEGORY,
    /** It holds a category that the grant does not cover. */
    CATEGORY_NOT_GRANTED,
    /** The plan would have a category of it changed, which objects cannot be. */
    MINIMIZED;

    static Release of(Work work, Dataset dataset) throws TaskFailure {
        if (dataset.getFields().isEmpty()
                || dataset.getFields().stream()
                        .anyMatch(field -> field.getCategory().isBlank())) {
            return NO_CATEGORY;
        }
        if (work.grantedFields(dataset).size() < dataset.getFields().size()) {
            return CATEGORY_NOT_GRANTED;
        }
        for (Minimization minimization : work.task().getMinimizations()) {
            if (touches(minimization, dataset)) {
                return MINIMIZED;
            }
        }
        return RELEASED;
    }

    private static boolean touches(Minimization minimization, Dataset dataset) throws TaskFailure {
        if (minimization.getTransformation() == Transformation.UNKNOWN) {
            throw TaskFailure.refused(
                    "UNKNOWN_TRANSFORMATION", "The plan names a transformation this executor does not know.");
        }
        return minimization.getTransformation() != Transformation.KEEP
                && dataset.getFields().stream().map(Field::getCategory).anyMatch(minimization.getCategory()::equals);
    }
}
