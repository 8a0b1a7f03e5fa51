/** Shared parts for JUnit tests: each is started at most once per test JVM. No test helpers beyond that. */
@NullMarked
package io.quittance.harness.junit;

import org.jspecify.annotations.NullMarked;
