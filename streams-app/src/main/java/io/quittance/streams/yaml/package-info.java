/**
 * YAML files as people write them, read so that every mistake has its line and column. Knows no document: what a policy
 * or a regime looks like is its reader's business.
 */
@NullMarked
package io.quittance.streams.yaml;

import org.jspecify.annotations.NullMarked;
