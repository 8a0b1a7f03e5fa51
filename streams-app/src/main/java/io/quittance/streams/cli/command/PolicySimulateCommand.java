package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.RequestEvent;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.policy.Answer;
import io.quittance.streams.cli.policy.PolicyFile;
import io.quittance.streams.cli.policy.RecordedRequest;
import io.quittance.streams.cli.policy.Simulation;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries a policy on requests that were made, and says what it would change. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Judge recorded requests by a new policy and by the one in force (or another file), and show the difference:"
                    + " how many go from which outcome to which, and the requests that change.",
            "A request is judged as when it arrived: nothing proven yet, no other request open. Publishes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  quittance policy simulate new.policy.yaml --from-topic",
            "  quittance policy simulate new.policy.yaml --against old.policy.yaml --recorded requests.jsonl"
        })
public final class PolicySimulateCommand extends PipelineCommand {

    private static final long PROGRESS = 10_000;

    @Parameters(paramLabel = "FILE", description = "The new policy.")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compare with this policy. Default: the one of the same name that is in force.")
    private @Nullable Path against;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of the requests that change to show. Default: ${DEFAULT-VALUE}.")
    private int limit;

    private static final class Source {
        @Option(names = "--from-topic", description = "Take the requests that the topic still has.")
        private boolean topic;

        @Option(
                names = "--recorded",
                paramLabel = "FILE",
                description = "Take those that 'quittance request record' wrote; '-' is standard input.")
        private @Nullable Path recorded;
    }

    public PolicySimulateCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        PolicyFile policy = PolicyFile.read(source(file), context.conditions());
        Simulation simulation =
                new Simulation(before(policy.document().getName()), policy.compiled(), Math.max(0, limit));
        Consumer<RecordedRequest> each = request -> {
            simulation.add(request);
            if (simulation.requests() % PROGRESS == 0) {
                output().note(simulation.requests() + " requests judged ...");
            }
        };
        if (source.recorded == null) {
            readTopic(each);
        } else {
            readFile(source.recorded, each);
        }
        report(simulation);
        return ExitCode.OK;
    }

    private Policies before(String name) {
        if (against != null) {
            return PolicyFile.read(source(against), context.conditions()).compiled();
        }
        Connection connection = connection();
        return new InForce<>(log(connection), connection.topics().policies(), PolicyDocument.class, output())
                .find(name)
                .<Policies>map(PolicyFile::compile)
                .orElseThrow(() -> CliException.notFound(
                        "No policy '" + name + "' is in force to compare with.",
                        "Give another file with --against, or publish one with 'quittance policy apply'."));
    }

    private void readTopic(Consumer<RecordedRequest> each) {
        Connection connection = connection();
        log(connection).scan(connection.topics().requests(), RequestEvent.class, entry -> {
            if (entry.value() != null) {
                RecordedRequest.of(entry.value()).ifPresent(each);
            }
        });
    }

    private void readFile(Path recorded, Consumer<RecordedRequest> each) {
        boolean standardInput = recorded.toString().equals("-");
        try (BufferedReader lines = standardInput
                ? new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8))
                : Files.newBufferedReader(recorded)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    each.accept(parse(recorded, number, line));
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw CliException.usage(
                    "The file " + recorded + " cannot be read.",
                    "It must be there, in UTF-8, and readable for this user; '-' is standard input.");
        }
    }

    private static RecordedRequest parse(Path file, int number, String line) {
        try {
            return RecordedRequest.parse(line);
        } catch (IllegalArgumentException illegal) {
            throw CliException.refused(
                    file + ":" + number + ": This is no recorded request: " + illegal.getMessage() + ".",
                    "Record requests with 'quittance request record > requests.jsonl'.");
        }
    }

    private void report(Simulation simulation) {
        Output output = output();
        if (output.json()) {
            simulation.changes().forEach(change -> output.json(json(change)));
            output.json(summary(simulation));
            return;
        }
        output.table(
                List.of("BEFORE", "AFTER", "REQUESTS", ""),
                simulation.counts().entrySet().stream()
                        .map(count -> List.of(
                                count.getKey().before(),
                                count.getKey().after(),
                                String.valueOf(count.getValue()),
                                count.getKey().changes() ? "changes" : ""))
                        .toList(),
                "There are no requests to judge.");
        if (!simulation.changes().isEmpty()) {
            output.line("");
            output.table(
                    List.of("REQUEST", "ACTION", "BEFORE", "AFTER", "DIFFERENCE"),
                    simulation.changes().stream()
                            .map(PolicySimulateCommand::row)
                            .toList(),
                    "");
        }
        output.note(simulation.requests() + " requests judged, " + simulation.changed() + " answered otherwise"
                + (simulation.changed() > simulation.changes().size()
                        ? ", of which " + simulation.changes().size() + " are shown; raise --limit to see more"
                        : "")
                + ".");
    }

    private static List<String> row(Simulation.Change change) {
        return List.of(
                change.request().request().requestId(),
                change.request().request().action().name(),
                answer(change.before()),
                answer(change.after()),
                change.differences().stream()
                        .filter(difference -> !difference.startsWith("outcome: ") && !difference.startsWith("rule: "))
                        .reduce((one, other) -> one + "; " + other)
                        .orElse(""));
    }

    private static String answer(Judgement judgement) {
        return Answer.outcome(judgement)
                + (judgement.rule() == null ? "" : " by " + judgement.rule().id());
    }

    private static ObjectNode json(Simulation.Change change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("request_id", change.request().request().requestId())
                .put("action", change.request().request().action().name());
        json.set("before", json(change.before()));
        json.set("after", json(change.after()));
        change.differences().forEach(json.putArray("differences")::add);
        return json;
    }

    private static ObjectNode json(Judgement judgement) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("outcome", Answer.outcome(judgement))
                .put("rule", judgement.rule() == null ? null : judgement.rule().id())
                .put("reason", judgement.reason());
    }

    private static ObjectNode summary(Simulation simulation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("requests", simulation.requests())
                .put("changed", simulation.changed());
        var counts = json.putArray("counts");
        simulation
                .counts()
                .forEach((move, count) -> counts.addObject()
                        .put("before", move.before())
                        .put("after", move.after())
                        .put("requests", count));
        return json;
    }
}
