/** The command line. */
@NullMarked
package io.quittance.bench.cli;

import org.jspecify.annotations.NullMarked;
