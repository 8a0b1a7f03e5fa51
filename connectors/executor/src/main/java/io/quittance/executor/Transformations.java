package io.quittance.executor;

import io.quittance.schema.Field;
import io.quittance.schema.Minimization;
import io.quittance.schema.Transformation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a plan makes to values: those named for a category before a value leaves its system, and those named
 * for a field when its row is anonymized. Values are what a driver hands out: text, numbers, java.time, booleans, null.
 */
public final class Transformations {
    private final Map<String, Transformation> byCategory = new HashMap<>();
    private final Pseudonyms pseudonyms;

    public Transformations(List<Minimization> minimizations, Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        for (Minimization minimization : minimizations) {
            byCategory.put(minimization.getCategory(), minimization.getTransformation());
        }
    }

    /** The value as it may leave the system. A date or time that is generalized comes out as its year, a number. */
    public @Nullable Object minimized(Field field, @Nullable Object value) throws TaskFailure {
        Transformation transformation = byCategory.getOrDefault(field.getCategory(), Transformation.KEEP);
        Object changed = apply(transformation, value);
        return transformation == Transformation.GENERALIZE ? Generalization.yearOf(changed) : changed;
    }

    /**
     * The value as it stays in an anonymized row, of the same type where the type has room for it; null if redacted.
     */
    public @Nullable Object anonymized(Field field, @Nullable Object value) throws TaskFailure {
        return apply(field.getAnonymize(), value);
    }

    private @Nullable Object apply(Transformation transformation, @Nullable Object value) throws TaskFailure {
        if (transformation == Transformation.UNKNOWN) {
            throw TaskFailure.refused(
                    "UNKNOWN_TRANSFORMATION", "The plan names a transformation this executor does not know.");
        }
        if (value == null) {
            return null;
        }
        return switch (transformation) {
            case KEEP -> value;
            case REDACT, UNKNOWN -> null;
            case MASK -> mask(value.toString());
            case PSEUDONYMIZE -> pseudonyms.of(value.toString());
            case GENERALIZE -> Generalization.of(value);
        };
    }

    private static String mask(String text) {
        int length = text.codePointCount(0, text.length());
        int kept = length > 2 ? 2 : 0;
        int cut = text.offsetByCodePoints(0, length - kept);
        return "*".repeat(length - kept) + text.substring(cut);
    }
}
