package io.quittance.streams.cli.command;

import io.quittance.contract.Topics;
import io.quittance.schema.Freeze;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import io.quittance.streams.codec.PolicyVersionKey;
import io.quittance.streams.config.RegimesReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
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
        ContractLog log = log(connection);
        log.append(connection.topics().freezes(), name, freeze);
        report(freeze);
        noteWhatMatchesNothing(freeze, connection.topics(), log);
        return ExitCode.OK;
    }

    private void report(Freeze freeze) {
        Output output = output();
        if (output.json()) {
            output.json(freeze);
        } else {
            output.line(name + " ", Standing.bad("frozen"), until(freeze));
            output.note("What waits goes on after: quittance freeze lift " + name);
        }
    }

    /** Only now, and as a note: an emergency stop neither waits for a look-up nor fails by one. */
    private void noteWhatMatchesNothing(Freeze freeze, Topics topics, ContractLog log) {
        noteOthers(
                freeze.getRegimes(),
                () -> RegimesReader.builtIn().names(),
                "There is no regime '%s' among those built in: unless the pipeline's regimes.file has it, it stops"
                        + " nothing.");
        try {
            noteOthers(
                    freeze.getSystems(),
                    () -> log.keys(topics.systems()),
                    "There is no system '%s' in the data map: it stops nothing now."
                            + " 'quittance systems show' lists those there are.");
            noteOthers(
                    freeze.getPolicies(),
                    () -> inForce(log.keys(topics.policies())),
                    "There is no policy '%s' in force: it stops nothing, except what was judged by one that is removed."
                            + " 'quittance policy show' lists those there are.");
        } catch (KafkaException | CliException unreadable) {
            output().note("It could not be looked up whether there are such systems and policies: compare them with"
                    + " 'quittance systems show' and 'quittance policy show'.");
        }
    }

    private void noteOthers(List<String> named, Supplier<Set<String>> known, String sentence) {
        if (!named.isEmpty()) {
            Set<String> there = known.get();
            named.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name -> output().note(sentence.formatted(name)));
        }
    }

    /** The topic keeps every version there was beside what is in force. */
    private static Set<String> inForce(Set<String> policies) {
        return policies.stream().filter(key -> !PolicyVersionKey.is(key)).collect(Collectors.toSet());
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
                .setName(Limits.text("NAME", name, Limits.NAME))
                .setEverything(everything)
                .setSystems(named("--system", systems))
                .setRegimes(named("--regime", regimes))
                .setPolicies(named("--policy", policies))
                .setReason(Limits.text("--reason", reason, Limits.SENTENCE))
                .setIssuedBy(actor(as))
                .setIssuedAt(now)
                .setUntil(length == null ? null : now.plus(length))
                .build();
    }

    private static List<String> named(String option, List<String> names) {
        return Limits.names(option, names).stream().distinct().toList();
    }

    private static String until(Freeze freeze) {
        return freeze.getUntil() == null ? " until it is lifted" : " until " + freeze.getUntil();
    }
}
