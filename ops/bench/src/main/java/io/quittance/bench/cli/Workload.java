package io.quittance.bench.cli;

/** What can be chosen. */
enum Workload {
    RAW,
    W1,
    W2,
    W3,
    W4,
    W5,
    W6,
    W7
}
