package io.quittance.proving.history;

/**
 * What an executor left behind in its system when it carried a task out.
 *
 * @param state what it stands for; one of the constants
 * @param doneAt milliseconds since 1970, by the executor's clock
 */
public record SystemReceipt(
        String system, String taskId, String action, String grantId, int attempt, String state, long doneAt) {
    /** Written in the transaction that had the effect. */
    public static final String IN_TRANSACTION = "IN_TRANSACTION";
    /** Written after the last effect on objects. */
    public static final String OBJECTS = "OBJECTS";
    /** Written before the first effect on objects, and never followed up. */
    public static final String OBJECTS_STARTED = "OBJECTS_STARTED";

    /** Whether all of the work was done. */
    public boolean isWhole() {
        return !state.equals(OBJECTS_STARTED);
    }
}
