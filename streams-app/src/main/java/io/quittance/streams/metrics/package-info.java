/** The pipeline in numbers, for Prometheus. No identifier ever becomes a label. */
@NullMarked
package io.quittance.streams.metrics;

import org.jspecify.annotations.NullMarked;
