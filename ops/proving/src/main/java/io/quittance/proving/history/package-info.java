/**
 * What a run leaves behind, as files: what was asked, what was broken, every record of every topic, and what the
 * systems hold. The checker works on these files alone, so a run can be judged again. No judging happens here.
 */
@NullMarked
package io.quittance.proving.history;

import org.jspecify.annotations.NullMarked;
