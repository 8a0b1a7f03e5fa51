/** The executor as a Kafka Connect sink: connector and task, from which a plugin's own are derived. */
package io.quittance.executor.connect;
