/**
 * Stores filled before an application starts: rows that the application itself wrote for one request, copied under the
 * names of others.
 */
@NullMarked
package io.quittance.bench.prefill;

import org.jspecify.annotations.NullMarked;
