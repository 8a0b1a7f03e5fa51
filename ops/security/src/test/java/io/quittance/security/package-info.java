/** The pipeline tried from outside, by people with credentials they should not misuse, and by people with none. */
@NullMarked
package io.quittance.security;

import org.jspecify.annotations.NullMarked;
