/** What people would build instead of the pipeline; one package for each. */
@NullMarked
package io.quittance.bench.peer;

import org.jspecify.annotations.NullMarked;
