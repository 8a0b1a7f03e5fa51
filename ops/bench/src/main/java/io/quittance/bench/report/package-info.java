/** What was measured, as JSON, as a table and as pictures, and which goals it reaches. */
@NullMarked
package io.quittance.bench.report;

import org.jspecify.annotations.NullMarked;
