package io.quittance.bench.contender;

import io.quittance.harness.Reaper;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * What is there already when a contender starts.
 *
 * @param reaper of the whole run: adopt every process started
 * @param directory of this contender alone, empty
 * @param bootstrapServers the one Kafka broker of the run, in a JVM of its own; contenders use topics with a prefix of
 *     their own
 * @param registryUrl the schema registry
 * @param brokerCpuNanos processor time that the broker has taken so far, whoever it worked for
 */
public record Surroundings(
        Reaper reaper, Path directory, String bootstrapServers, String registryUrl, LongSupplier brokerCpuNanos) {}
