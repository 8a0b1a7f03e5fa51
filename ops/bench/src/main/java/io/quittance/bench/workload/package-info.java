/** W1 to W7: what is measured. How it is told is the report's. */
@NullMarked
package io.quittance.bench.workload;

import org.jspecify.annotations.NullMarked;
