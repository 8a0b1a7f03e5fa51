/** The processes of a run: the broker, the application, the machine under them. Nothing here knows a workload. */
@NullMarked
package io.quittance.bench.process;

import org.jspecify.annotations.NullMarked;
