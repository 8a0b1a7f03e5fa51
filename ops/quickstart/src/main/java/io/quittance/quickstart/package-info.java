/** The quick start's entry point. What it runs is in {@code stack}, what it plays in {@code story}. */
@NullMarked
package io.quittance.quickstart;

import org.jspecify.annotations.NullMarked;
