/** Where the application's time goes, as the JVM's flight recorder tells. */
@NullMarked
package io.quittance.bench.profile;

import org.jspecify.annotations.NullMarked;
