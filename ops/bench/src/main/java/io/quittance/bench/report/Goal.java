package io.quittance.bench.report;

/**
 * What is wanted of a figure, and whether it is so.
 *
 * @param workload W1, …
 * @param wanted in words
 * @param measured in words; a dash where it was not
 * @param verdict whether it was reached
 */
public record Goal(String workload, String wanted, String measured, Verdict verdict) {
    /** How it went. */
    public enum Verdict {
        REACHED("reached"),
        MISSED("missed"),
        NOT_MEASURED("not measured");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }
    }
}
