/** The pipeline as a contender: the application as users run it, and everybody around it in one thread. */
@NullMarked
package io.quittance.bench.pipeline;

import org.jspecify.annotations.NullMarked;
