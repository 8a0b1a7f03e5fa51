/** A subject's docket: every open request with its whole progress, and what is remembered of closed ones. */
@NullMarked
package io.quittance.streams.domain.docket;

import org.jspecify.annotations.NullMarked;
