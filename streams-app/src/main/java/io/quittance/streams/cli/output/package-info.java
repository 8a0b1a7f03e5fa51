/** How records look on a terminal and in JSON. Knows the contract's records, and nothing of topics or commands. */
@NullMarked
package io.quittance.streams.cli.output;

import org.jspecify.annotations.NullMarked;
