package io.quittance.streams.cli;

import io.quittance.streams.cli.document.ConditionChecker;
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
import picocli.CommandLine;

/** The command line over topics in memory, with what it prints. */
final class CliFixture {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final InMemoryPipeline pipeline = new InMemoryPipeline();
    final Map<String, String> environment = new HashMap<>(Map.of(
            "QUITTANCE_BOOTSTRAP_SERVERS", "unused:9092",
            "QUITTANCE_SCHEMA_REGISTRY_URL", "mock://unused",
            "QUITTANCE_AS", "officer-1"));

    ConditionChecker conditions = cel -> List.of();
    AppRunner app = properties -> ExitCode.OK;
    String input = "";
    String out = "";
    String err = "";

    int run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter noted = new StringWriter();
        CommandLine commandLine = QuittanceCli.commandLine(new CliContext(
                        app,
                        conditions,
                        pipeline,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(noted));
        int exitCode = commandLine.execute(arguments);
        out = printed.toString();
        err = noted.toString();
        return exitCode;
    }
}
