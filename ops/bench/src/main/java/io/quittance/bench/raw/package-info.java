/** What the log itself can take: the same records, produced in transactions by nobody who thinks about them. */
@NullMarked
package io.quittance.bench.raw;

import org.jspecify.annotations.NullMarked;
