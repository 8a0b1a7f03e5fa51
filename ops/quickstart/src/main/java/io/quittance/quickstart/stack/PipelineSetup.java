package io.quittance.quickstart.stack;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.QuittanceCli;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/** Sets the pipeline up as an operator would: with the command line. */
final class PipelineSetup {
    private static final String PARTITIONS = "4";

    private final String bootstrapServers;
    private final String registryUrl;

    PipelineSetup(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    void applyTopics(List<String> systems) {
        var arguments = new ArrayList<>(List.of("topics", "apply", "--partitions", PARTITIONS));
        systems.forEach(system -> arguments.addAll(List.of("--system", system)));
        run(arguments);
    }

    /** Publishes the data map and the policy that come with the quick start. */
    void applyDataMap(Path directory) {
        run(List.of("systems", "apply", "--as", "quickstart", document("systems.yaml", directory)));
        run(List.of("policy", "apply", "--as", "quickstart", document("policy.yaml", directory)));
    }

    private void run(List<String> command) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--bootstrap-server", bootstrapServers, "--schema-registry-url", registryUrl));
        var said = new StringWriter();
        CommandLine line = QuittanceCli.commandLine(CliContext.ofProcess(properties -> CommandLine.ExitCode.SOFTWARE))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true));
        int exit = line.execute(arguments.toArray(String[]::new));
        if (exit != CommandLine.ExitCode.OK) {
            throw new IllegalStateException("quittance " + command.get(0) + " " + command.get(1) + ": " + said);
        }
    }

    private static String document(String name, Path directory) {
        Path file = directory.resolve(name);
        try (InputStream resource =
                Objects.requireNonNull(PipelineSetup.class.getResourceAsStream("/quickstart/" + name), name)) {
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be copied", e);
        }
    }
}
