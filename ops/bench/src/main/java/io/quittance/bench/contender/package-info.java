/** What every contender is asked, and what it answers. Nothing here knows a contender. */
@NullMarked
package io.quittance.bench.contender;

import org.jspecify.annotations.NullMarked;
