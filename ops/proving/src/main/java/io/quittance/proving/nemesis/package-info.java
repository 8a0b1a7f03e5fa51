/**
 * What breaks the ground on purpose: a seeded schedule of faults, each of which heals. Who judges what came of it lives
 * elsewhere.
 */
@NullMarked
package io.quittance.proving.nemesis;

import org.jspecify.annotations.NullMarked;
