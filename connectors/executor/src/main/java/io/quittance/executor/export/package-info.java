/**
 * Where documents for a person go: an object store behind one small port, its configuration and its typed failures. Of
 * a task it knows the names that a document goes by, of a grant only whom to ask, and nothing of the systems that the
 * data comes from.
 */
@NullMarked
package io.quittance.executor.export;

import org.jspecify.annotations.NullMarked;
