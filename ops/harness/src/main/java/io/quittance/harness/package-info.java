/**
 * The real servers that tests and the quick start run against: started on 127.0.0.1, awaited until they answer, stopped
 * and reaped. Nothing here knows what the pipeline is; nothing here is meant for production.
 */
@NullMarked
package io.quittance.harness;

import org.jspecify.annotations.NullMarked;
