/**
 * Who may do what on a secured cluster: Kafka's ACLs for the principals of a pipeline, as they follow from the topic
 * catalogue. Knows no cluster; applying them is a command's business.
 */
@NullMarked
package io.quittance.streams.cli.access;

import org.jspecify.annotations.NullMarked;
