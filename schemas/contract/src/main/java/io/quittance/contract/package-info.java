/**
 * The public contract as code: which topics there are and what is on them, and serdes for their records. No pipeline
 * logic lives here, and nothing here depends on the rest of Quittance.
 */
@NullMarked
package io.quittance.contract;

import org.jspecify.annotations.NullMarked;
