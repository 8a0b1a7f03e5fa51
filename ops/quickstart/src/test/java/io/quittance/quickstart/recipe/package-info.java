/** The recipes of {@code ops/recipes}, run and held to what is told about them. */
@NullMarked
package io.quittance.quickstart.recipe;

import org.jspecify.annotations.NullMarked;
