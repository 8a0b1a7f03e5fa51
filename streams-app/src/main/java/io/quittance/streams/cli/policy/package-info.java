/**
 * The life of a policy before and after it is published, without Kafka: its file and what is odd about it, its tests,
 * the requests it is tried on, its versions. What happens on topics lives with the commands.
 */
@NullMarked
package io.quittance.streams.cli.policy;

import org.jspecify.annotations.NullMarked;
