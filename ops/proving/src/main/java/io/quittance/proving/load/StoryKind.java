package io.quittance.proving.load;

import java.util.Arrays;
import java.util.Random;

/** What can happen to a request, and how often it is tried. */
enum StoryKind {
    /** A rule approves at once. */
    AUTO_ACCESS(14),
    AUTO_EXPORT(10),
    AUTO_DELETE(14),
    AUTO_ANONYMIZE(6),
    /** The grant's window shuts as soon as anything is in the way. */
    AUTO_BRIEFLY(4),
    /** Identity is proven first. */
    PROVEN(3),
    /** Identity is refused. */
    UNPROVEN(1),
    ASK_ONE(9),
    ASK_TWO(5),
    /** One of two approvers approves, then the requester thinks again. */
    HALF_APPROVED(2),
    /** The approver leaves out all but one system. */
    NARROWED(2),
    DENIED(3),
    DENIED_BY_RULE(1),
    NO_RULE(1),
    /** Nobody answers. */
    SILENCE(2),
    WITHDRAWN_WAITING_FOR_APPROVAL(2),
    /** Withdrawn while its waiting period runs. */
    WITHDRAWN_WAITING(2),
    /** Withdrawn while it may be under way. */
    WITHDRAWN_EXECUTING(4),
    /** Approved, and taken back while it may be under way. */
    REVOKED(6),
    CANCELLED(1),
    /** Export, delete and access of one subject at once. */
    CONFLICT(3),
    /** A hold first, then a delete, then the hold is lifted. */
    HELD(2),
    /** A hold while a delete may be under way. */
    HELD_EXECUTING(2),
    /** The same ask under another name. */
    DUPLICATE(2),
    /** The same request again. */
    REPEATED(3),
    /** The decision comes before the request. */
    EARLY(3),
    /** Request and decision under the wrong key, or in the wrong partition. */
    MISROUTED(3),
    /** A decision about another plan, then a good one. */
    TAMPERED(2),
    /** A decision about another plan, and no good one. */
    TAMPERED_ONLY(1),
    /** Requesters try to approve their own request. */
    SELF_APPROVAL(1),
    /** Something is said of a request that does not exist. */
    SENSELESS(1),

    /** Not part of the mix: a probe for recovery. */
    PROBE(0),
    /** Not part of the mix: a freeze and its end. */
    FREEZE(0),
    /** Not part of the mix: part of a flood. */
    FLOOD(0),
    /** Not part of the mix: a record that cannot be read. */
    POISON(0);

    private static final int SUM =
            Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;

    StoryKind(int weight) {
        this.weight = weight;
    }

    static StoryKind any(Random dice) {
        int rest = dice.nextInt(SUM);
        for (StoryKind kind : values()) {
            rest -= kind.weight;
            if (rest < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }
}
