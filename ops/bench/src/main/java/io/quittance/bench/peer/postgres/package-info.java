/** The workflow as a good engineer would build it on PostgreSQL alone: rows, queues with SKIP LOCKED, batches. */
@NullMarked
package io.quittance.bench.peer.postgres;

import org.jspecify.annotations.NullMarked;
