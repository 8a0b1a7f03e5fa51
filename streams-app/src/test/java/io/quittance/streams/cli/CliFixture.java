package io.quittance.streams.cli;

import io.quittance.streams.cli.document.ConditionChecker;
import io.quittance.streams.cli.kafka.Connector;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line with what it prints. */
final class CliFixture {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final InMemoryPipeline pipeline = new InMemoryPipeline();
    private final Connector connector;
    private final Clock clock;

    final Map<String, String> environment = new HashMap<>(Map.of(
            "QUITTANCE_BOOTSTRAP_SERVERS", "unused:9092",
            "QUITTANCE_SCHEMA_REGISTRY_URL", "mock://unused",
            "QUITTANCE_AS", "officer-1"));

    ConditionChecker conditions = (cel, use) -> List.of();
    AppRunner app = properties -> ExitCode.OK;
    Ansi ansi = Ansi.AUTO;
    String input = "";
    Terminal terminal = question -> Optional.empty();
    String out = "";
    String err = "";

    /** Over topics in memory, at a moment that does not pass. */
    CliFixture() {
        connector = pipeline;
        clock = Clock.fixed(NOW, ZoneOffset.UTC);
    }

    /** Over a real cluster. */
    CliFixture(Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    int run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter noted = new StringWriter();
        CommandLine commandLine = QuittanceCli.commandLine(new CliContext(
                        app,
                        conditions,
                        connector,
                        clock,
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        terminal))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(noted));
        int exitCode = commandLine.execute(arguments);
        out = printed.toString();
        err = noted.toString();
        return exitCode;
    }
}
