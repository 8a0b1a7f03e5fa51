/**
 * Where documents for a person go: an object store behind one small port, its configuration and its typed failures.
 * Knows nothing of tasks, grants or the systems the data comes from.
 */
@NullMarked
package io.quittance.executor.export;

import org.jspecify.annotations.NullMarked;
