/**
 * Policies and data map entries as people write them: YAML in, Avro out, and every mistake with its line and column.
 * Knows no topic; publishing is the commands' business.
 */
@NullMarked
package io.quittance.streams.cli.document;

import org.jspecify.annotations.NullMarked;
