/**
 * What a task and an instance remember: the docket store and the indexes derived from it, and the policies and data map
 * in force. No decisions, no wiring.
 */
@NullMarked
package io.quittance.streams.state;

import org.jspecify.annotations.NullMarked;
