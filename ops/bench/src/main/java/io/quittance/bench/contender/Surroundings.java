package io.quittance.bench.contender;

import io.quittance.harness.Reaper;
import java.nio.file.Path;

/**
 * What is there already when a contender starts.
 *
 * @param reaper of the whole run: adopt every process started
 * @param directory of this contender alone, empty
 * @param bootstrapServers the one Kafka broker of the run, in a JVM of its own; contenders use topics with a prefix of
 *     their own
 * @param registryUrl the schema registry
 */
public record Surroundings(Reaper reaper, Path directory, String bootstrapServers, String registryUrl) {}
