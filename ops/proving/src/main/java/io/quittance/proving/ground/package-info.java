/**
 * The real processes: started as users run them, each in a network of its own where the machine allows. Nothing here
 * breaks them on purpose, and nothing knows what is published.
 */
@NullMarked
package io.quittance.proving.ground;

import org.jspecify.annotations.NullMarked;
