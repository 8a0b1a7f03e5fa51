package io.quittance.proving.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not be.
 *
 * @param invariant A1 to A9
 * @param requestId request it befell; null if it is about none
 * @param sentence for people; names places, pseudonyms and counts, never identifiers
 * @param from when it can have begun, in milliseconds since 1970; 0 if that cannot be told
 * @param until when it was over
 * @param underWay faults under way then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(
        String invariant,
        Kind kind,
        @Nullable String requestId,
        @Nullable String subjectId,
        String sentence,
        long from,
        long until,
        List<String> underWay) {

    /** The three ways to break trust. */
    public enum Kind {
        /** Something is missing that was promised. */
        LOST,
        /** Something is there twice that may be there once. */
        DOUBLED,
        /** Something is there that may not be. */
        VIOLATED
    }

    Violation during(List<String> faults) {
        return new Violation(invariant, kind, requestId, subjectId, sentence, from, until, List.copyOf(faults));
    }
}
