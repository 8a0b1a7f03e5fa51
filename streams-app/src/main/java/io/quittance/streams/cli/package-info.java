/**
 * The command line: where it starts, what it is wired with, and how it ends (exit codes, error messages). It knows the
 * pipeline by its public contract only, as any publisher, approver or consumer does; {@code run} reaches the
 * application through {@link io.quittance.streams.cli.AppRunner}.
 */
@NullMarked
package io.quittance.streams.cli;

import org.jspecify.annotations.NullMarked;
