/** The workflow on Flowable, embedded, over PostgreSQL. */
@NullMarked
package io.quittance.bench.peer.flowable;

import org.jspecify.annotations.NullMarked;
