package io.quittance.streams.cli;

import io.quittance.streams.cli.document.CelChecker;
import io.quittance.streams.cli.document.ConditionChecker;
import io.quittance.streams.cli.kafka.Connector;
import io.quittance.streams.cli.kafka.KafkaConnector;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/**
 * What the commands are wired with.
 *
 * @param app what {@code run} runs
 * @param conditions compiles the conditions of a policy before it is published
 * @param connector opens topics
 * @param clock stamps what is written, and bounds waiting
 * @param environment defaults for the connection
 * @param in standard input
 * @param terminal who confirms what cannot be taken back
 */
public record CliContext(
        AppRunner app,
        ConditionChecker conditions,
        Connector connector,
        Clock clock,
        Map<String, String> environment,
        InputStream in,
        Terminal terminal) {

    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** For a real process and a real cluster. */
    public static CliContext ofProcess(AppRunner app) {
        Clock clock = Clock.systemUTC();
        return new CliContext(
                app,
                new CelChecker(),
                new KafkaConnector(clock),
                clock,
                System.getenv(),
                System.in,
                Terminal.ofProcess());
    }

    /** Without what only the environment would say; {@code toString} of an environment could tell secrets. */
    @Override
    public String toString() {
        return "CliContext";
    }
}
