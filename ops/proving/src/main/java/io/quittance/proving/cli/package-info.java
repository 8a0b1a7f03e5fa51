/**
 * The command that runs all of it: starts a ground, loads it, breaks it, writes down what came of it and has it judged.
 */
@NullMarked
package io.quittance.proving.cli;

import org.jspecify.annotations.NullMarked;
