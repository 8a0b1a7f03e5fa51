/**
 * The composition root: makes the parts from the configuration, starts and stops them. Everything else is unaware of
 * it.
 */
@NullMarked
package io.quittance.streams.app;

import org.jspecify.annotations.NullMarked;
