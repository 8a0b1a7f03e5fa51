package io.quittance.streams.policy.lint;

/**
 * Something in a policy that cannot be meant, or should be meant expressly.
 *
 * @param check which check found it
 * @param place where
 * @param message what is the matter, a sentence for people
 * @param remedy how to mend it, a sentence for people
 */
public record Finding(Check check, Place place, String message, String remedy) {

    /**
     * Where something is in a policy.
     *
     * @param rule its rule's index; {@link #POLICY} for the policy itself
     * @param path keys from there, separated by dots, as the document names them; empty for the whole
     */
    public record Place(int rule, String path) {

        public static final int POLICY = -1;

        static Place ofPolicy(String path) {
            return new Place(POLICY, path);
        }

        /** The same rule, or the policy, whatever key of it. */
        public Place whole() {
            return new Place(rule, "");
        }
    }
}
