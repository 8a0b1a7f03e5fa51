/** The workflow as Kafka Streams' DSL has it in most tutorials: tables, joins, repartitions, an aggregate. */
@NullMarked
package io.quittance.bench.peer.naive;

import org.jspecify.annotations.NullMarked;
