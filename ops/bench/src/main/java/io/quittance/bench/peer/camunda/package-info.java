/** The workflow on Camunda 7, embedded, over PostgreSQL. */
@NullMarked
package io.quittance.bench.peer.camunda;

import org.jspecify.annotations.NullMarked;
