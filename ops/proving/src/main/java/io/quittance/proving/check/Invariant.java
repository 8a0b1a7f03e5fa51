package io.quittance.proving.check;

/** Something that must hold in every run, whatever broke. */
interface Invariant {
    /** A1 to A9. */
    String id();

    /** The promise, as a sentence. */
    String promise();

    void check(Evidence evidence, Findings findings);
}
