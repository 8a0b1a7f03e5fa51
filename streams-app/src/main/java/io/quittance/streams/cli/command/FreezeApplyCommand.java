package io.quittance.streams.cli.command;

import io.quittance.schema.Freeze;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freeze apply} */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Stop work: everything, or what any of the options names. It stops once Kafka has acknowledged it.",
        footer = {
            "",
            "Examples:",
            "  quittance freeze apply incident-7 --everything --reason 'wrong rows are deleted' --as ops-1",
            "  quittance freeze apply shop-upgrade --system shop --for 2h --reason upgrade --as ops-1"
        })
public final class FreezeApplyCommand extends PipelineCommand {

    @Parameters(paramLabel = "NAME", description = "What it is lifted by. One of the same name is replaced.")
    private String name;

    @Option(names = "--everything", description = "Stop everything.")
    private boolean everything;

    @Option(names = "--system", paramLabel = "NAME", description = "Stop work in this system. Repeatable.")
    private List<String> systems = new ArrayList<>();

    @Option(names = "--regime", paramLabel = "NAME", description = "Stop requests under this law. Repeatable.")
    private List<String> regimes = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "NAME", description = "Stop requests under this policy. Repeatable.")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why. No personal data.")
    private String reason;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long, such as 2h. Default: until it is lifted.")
    private @Nullable Duration length;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who orders it. Or QUITTANCE_AS.")
    private @Nullable String as;

    public FreezeApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Freeze freeze = freeze();
        Connection connection = connection();
        log(connection).append(connection.topics().freezes(), name, freeze);
        Output output = output();
        if (output.json()) {
            output.json(freeze);
        } else {
            output.line(name + " ", Standing.bad("frozen"), until(freeze));
            output.note("What waits goes on after: quittance freeze lift " + name);
        }
        return ExitCode.OK;
    }

    private Freeze freeze() {
        boolean namesNothing = systems.isEmpty() && regimes.isEmpty() && policies.isEmpty();
        if (everything == !namesNothing) {
            throw CliException.usage(
                    everything
                            ? "--everything leaves nothing that another option could name."
                            : "It is not said what to stop.",
                    "Give --everything, or one or more of --system, --regime and --policy.");
        }
        Instant now = context.clock().instant();
        return Freeze.newBuilder()
                .setName(Limits.atMost("NAME", name, 256))
                .setEverything(everything)
                .setSystems(distinct(systems))
                .setRegimes(distinct(regimes))
                .setPolicies(distinct(policies))
                .setReason(Limits.atMost("--reason", reason, Limits.SENTENCE))
                .setIssuedBy(actor(as))
                .setIssuedAt(now)
                .setUntil(length == null ? null : now.plus(length))
                .build();
    }

    private static List<String> distinct(List<String> names) {
        return names.stream().distinct().toList();
    }

    private static String until(Freeze freeze) {
        return freeze.getUntil() == null ? " until it is lifted" : " until " + freeze.getUntil();
    }
}
