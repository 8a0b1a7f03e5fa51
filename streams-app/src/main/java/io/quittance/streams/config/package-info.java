/**
 * The application's configuration: immutable records, parsed once from a properties file, secrets taken from where they
 * are kept. What the values are used for lives elsewhere; nothing here opens a connection.
 */
@NullMarked
package io.quittance.streams.config;

import org.jspecify.annotations.NullMarked;
