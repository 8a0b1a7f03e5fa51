package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the versions of a policy. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "List the versions of a policy, the newest first. They outlive the policy's removal.",
            "'quittance policy show NAME --version N' prints one of them."
        },
        footer = {"", "Examples:", "  quittance policy history default", "  quittance policy history default --diff"})
public final class PolicyHistoryCommand extends PipelineCommand {

    @Parameters(paramLabel = "NAME", description = "The policy.")
    private String name;

    @Option(names = "--diff", description = "Show what each version changed.")
    private boolean diff;

    public PolicyHistoryCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        PolicyVersions versions =
                PolicyVersions.read(log(connection), connection, name).requireAny();
        List<PolicyDocument> newestFirst = versions.kept().values().stream()
                .sorted((one, other) -> Integer.compare(other.getVersion(), one.getVersion()))
                .toList();
        Output output = output();
        if (output.json()) {
            newestFirst.forEach(output::json);
            return ExitCode.OK;
        }
        output.table(
                List.of("VERSION", "RULES", "PUBLISHED", "BY", "IN FORCE", "DESCRIPTION"),
                newestFirst.stream().map(policy -> row(policy, versions)).toList(),
                "");
        if (diff) {
            for (int at = 0; at + 1 < newestFirst.size(); at++) {
                PolicyDiff.print(output, newestFirst.get(at + 1), newestFirst.get(at));
            }
        }
        return ExitCode.OK;
    }

    private static List<String> row(PolicyDocument policy, PolicyVersions versions) {
        return List.of(
                String.valueOf(policy.getVersion()),
                String.valueOf(policy.getRules().size()),
                policy.getPublishedAt().toString(),
                policy.getPublishedBy(),
                versions.isInForce(policy.getVersion()) ? "yes" : "",
                policy.getDescription());
    }
}
