package io.quittance.streams.domain;

/** Why something was not done as asked. The name is a stable code; the sentence is for people and holds no data. */
public enum Refusal {
    // requests, denied at the door
    UNKNOWN_ACTION("The action is not one this pipeline knows; it refuses rather than guesses."),
    UNKNOWN_REGIME("The regime is not one this pipeline knows."),
    INVALID_REQUEST("A field of the request is empty, too long, or holds control characters."),
    IDENTIFIERS_TOO_LARGE("The identifiers are larger than the pipeline carries."),
    TOO_MANY_OPEN("The subject has as many open requests as are allowed at once."),
    UNKNOWN_SYSTEM("The scope names a system that the data map does not have."),
    UNKNOWN_CATEGORY("The scope names a category of data that the data map does not have."),
    NOTHING_TO_DO("No system of the data map can carry out this action within the scope."),
    MAP_UNREADABLE("An entry of the data map cannot be read, so a plan would leave its system out: publish it anew."),
    MAP_HAS_CYCLE("The data map's order among systems has a cycle."),
    DENIED_BY_RULE("A rule of the policy denies it."),
    NO_RULE_MATCHES("No rule of the policy matches; without one the answer is no."),
    POLICY_UNAVAILABLE("There is no usable policy; without one the answer is no."),
    DUPLICATE_OF_OPEN("An open request of the same subject already asks for this; it is answered there."),

    BREAK_GLASS_REASON_MISSING("Emergency access is claimed without a reason."),

    // decisions
    NOT_AWAITING_APPROVAL("The request is not waiting for a decision."),
    SELF_APPROVAL("Requester and approver must be different people."),
    NOT_IN_GROUP("The approver does not belong to the group that is asked."),
    PLAN_HASH_MISSING("The decision does not say which plan it is about."),
    PLAN_HASH_MISMATCH("The decision is about another plan than the one that is waiting."),
    REASON_MISSING("The rule wants a reason with the decision."),
    ALREADY_DECIDED("This person has already approved; one person counts once."),
    NOTHING_TO_REVOKE("There is no approval or grant that this decision could take back."),
    NARROWING_WIDENS("An approver may approve less than was asked, never more."),
    NARROWS_TO_NOTHING("Together the approvals leave nothing to do."),
    APPROVER_NOT_ELIGIBLE(
            "The approver belongs to a group that is asked, but does not meet what the rule asks of its people."),
    NOT_AWAITING_REVIEW("The request is not waiting for anybody to sign for it."),
    SIGNATURE_MISSING("The decision has to be signed, and is not."),
    SIGNATURE_INVALID("The signature is malformed, of a kind that is not taken, or not made by the key it names."),
    SIGNATURE_KEY_UNKNOWN(
            "The signature names a key that is not, or no longer, among those that decisions may be signed with."),
    SIGNATURE_EXPIRED("The signature's time is over, or has not come yet."),
    SIGNER_IS_NOT_APPROVER("The key that signed may not speak for the approver that the decision names."),
    SIGNATURE_MISMATCH("What was signed is not what the decision says."),
    SIGNATURE_UNVERIFIABLE("The keys to check the signature with are not to be had."),
    UNKNOWN_VERDICT("The verdict is not one this pipeline knows."),
    TOO_MANY_DECISIONS("As many decisions have counted as a request may have; no further approval is taken."),
    INVALID_DECISION("A field of the decision is empty, too long, or holds control characters."),

    // verifications
    NOT_AWAITING_VERIFICATION("The request is not waiting for a verification."),
    VERIFICATION_EXPIRED("The proof had expired when it arrived."),
    TOO_MANY_VERIFICATIONS("As many proofs have come as a request may have; no further one is taken."),

    // directives
    UNKNOWN_DIRECTIVE("The directive is not one this pipeline carries out."),
    DIRECTIVE_NEEDS_SUBJECT_SCOPE("Holds are placed on a subject, not on one request; leave request_id out."),
    UNKNOWN_HOLD("No hold of that id is on the subject."),
    TOO_MANY_HOLDS("The subject is under as many holds as are kept; lift one, or place a wider one."),
    NOTHING_TO_RETRY("No task of the request has failed under a grant that is still open."),

    // directives about the statutory clock
    NO_CLOCK("The law the request was made under sets no time to answer it, or is no longer configured."),
    CLOCK_NOT_STARTED("The time to answer has not begun to run."),
    CLOCK_NOT_PAUSABLE("The law does not let the time to answer a request of this kind pause."),
    CLOCK_ALREADY_PAUSED("The time to answer is paused already."),
    CLOCK_NOT_PAUSED("The time to answer is not paused."),
    CLOCK_STOPPED("The work is over, and with it the time to answer."),
    DEADLINE_HAS_PASSED("The time to answer is over; it can no longer pause."),
    EXTENSION_TOO_LATE("Notice of an extension must be given before the first time to answer is over."),
    EXTENSION_EXHAUSTED("The law gives no further extension."),
    NOT_TO_BE_ACKNOWLEDGED("The law does not ask for receipt of the request to be confirmed."),
    ALREADY_ACKNOWLEDGED("Receipt of the request has been confirmed already."),

    // completions
    UNKNOWN_TASK("The request has no task in that system."),
    UNKNOWN_ATTEMPT("That attempt was never issued."),
    GRANT_MISMATCH("The completion names another grant than the one the task carried."),
    CONTRADICTING_COMPLETION(
            "The attempt was answered with less, or with no effect at all, and now an executor says that it was carried"
                    + " out: look into the system."),
    LATE_COMPLETION(
            "The completion is about an attempt that is over; it changes nothing, and what it says was touched of what is planned now is recorded."),
    SELF_EXECUTION(
            "The executor calls itself by the name of the requester or of an approver; nobody carries out what they asked for or approved."),
    INVALID_COMPLETION("A field of the completion is empty or unknown."),

    // whatever is about a request that is not there
    UNKNOWN_REQUEST("No request of that id is known for the subject."),
    REQUEST_CLOSED("The request is closed."),
    REVIEW_PENDING("The work is over; the request waits for a review and nothing else."),
    STOPPING("The request is already being stopped."),
    TOO_MANY_EARLY("More events than are kept have come for requests that do not exist.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
