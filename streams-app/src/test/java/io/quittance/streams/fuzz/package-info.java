/**
 * Coverage-guided fuzzing of what reads bytes from outside. In the build the inputs under {@code src/test/resources}
 * are played; CONTRIBUTING.md says how to look for new ones. Whatever comes in, what comes out is an answer or the one
 * exception that is declared.
 */
package io.quittance.streams.fuzz;
