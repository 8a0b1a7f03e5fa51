/** What runs inside the JVMs that the harness starts. JDK classes only: it shares their class path. */
@NullMarked
package io.quittance.harness.child;

import org.jspecify.annotations.NullMarked;
