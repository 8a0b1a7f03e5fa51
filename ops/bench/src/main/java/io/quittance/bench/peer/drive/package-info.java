/** Publisher, approver and executors for peers that keep their state in a database. Nothing here knows which peer. */
@NullMarked
package io.quittance.bench.peer.drive;

import org.jspecify.annotations.NullMarked;
