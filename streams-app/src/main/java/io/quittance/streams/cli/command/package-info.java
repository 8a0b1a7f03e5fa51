/** One class per command: options in, one call or two to the contract's topics, results out. */
@NullMarked
package io.quittance.streams.cli.command;

import org.jspecify.annotations.NullMarked;
