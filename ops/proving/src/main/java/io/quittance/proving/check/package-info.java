/**
 * The judge. It reads what a run left behind and proves, or refutes, what must always hold; it shares no code with the
 * application or the executors, so that they cannot be wrong together. It breaks nothing and publishes nothing.
 */
@NullMarked
package io.quittance.proving.check;

import org.jspecify.annotations.NullMarked;
