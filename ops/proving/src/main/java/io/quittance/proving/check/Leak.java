package io.quittance.proving.check;

import org.jspecify.annotations.Nullable;

/**
 * A personal identifier where none belongs.
 *
 * @param where topic and offset, or file and line
 * @param requestId request that the record is about, if that can be told
 */
record Leak(String where, @Nullable String requestId, long at) {}
