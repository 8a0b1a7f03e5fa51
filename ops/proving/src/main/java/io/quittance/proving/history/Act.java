package io.quittance.proving.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a party did, or saw. Times are milliseconds since 1970 by the parent's clock.
 *
 * @param at when it was begun
 * @param acknowledgedAt when the brokers had it; null if they never said so, and then it may have happened or not
 * @param requestId request it is about, if it is about one
 * @param subjectId subject it is about, if it is about one
 * @param story what it is part of, such as ASK_TWO
 * @param place where the brokers put it; null if they did not say
 * @param expected of a submission: states in which the request may rightly end
 * @param details whatever else the checker needs to know, by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Act(
        long at,
        @Nullable Long acknowledgedAt,
        Kind act,
        @Nullable String requestId,
        @Nullable String subjectId,
        String story,
        @Nullable Place place,
        List<String> expected,
        Map<String, String> details) {

    public Act {
        expected = expected == null ? List.of() : List.copyOf(expected);
        details = details == null ? Map.of() : Map.copyOf(details);
    }

    /** Kinds of acts. */
    public enum Kind {
        /** A request was made. */
        SUBMITTED,
        /** The same request was published again. */
        REPEATED,
        /** Identity proven or refused. */
        VERIFIED,
        /** An approver decided. */
        DECIDED,
        /** An approver took an approval back. */
        REVOKED,
        /** The requester took the request back. */
        WITHDRAWN,
        /** An operator cancelled the request. */
        CANCELLED,
        /** A hold was placed on the subject. */
        HELD,
        /** The subject's holds were lifted. */
        LIFTED,
        /** A freeze was ordered; details say its name and systems. */
        FROZEN,
        /** A freeze was lifted. */
        THAWED,
        /** A record that cannot be read; it belongs into the dead letters. */
        POISON,
        /** A record that can be read and makes no sense; it belongs into the dead letters. */
        SENSELESS,
        /** A reader of committed records saw a revocation; details say of which grant. */
        REVOCATION_SEEN
    }

    public boolean acknowledged() {
        return acknowledgedAt != null;
    }
}
