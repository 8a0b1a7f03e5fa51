package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.DocumentWriter;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.codec.PolicyVersionKey;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the policies in force, or one of them as YAML. */
@Command(
        name = "show",
        description = "List the policies in force; with a name, print that one as YAML that 'policy apply' takes.",
        footer = {
            "",
            "Examples:",
            "  quittance policy show default > policy.yaml",
            "  quittance policy show default --version 3"
        })
public final class PolicyShowCommand extends PipelineCommand {

    /** The usual options, but that --version means the policy's here. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(names = "-V", versionHelp = true, description = "Print version information and exit.")
    private boolean versionOfQuittance;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The policy.")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "N", description = "This version of it. Default: the one in force.")
    private @Nullable Integer version;

    public PolicyShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        if (name == null && version != null) {
            throw CliException.usage(
                    "--version needs the name of a policy.", "Say which: policy show NAME --version N.");
        }
        var inForce = new InForce<>(log(connection), connection.topics().policies(), PolicyDocument.class, output());
        if (name == null) {
            list(inForce.all(key -> !PolicyVersionKey.is(key)));
        } else if (version != null) {
            show(PolicyVersions.read(log(connection), connection, name).require(version));
        } else {
            show(inForce.find(name)
                    .orElseThrow(() -> CliException.notFound(
                            "There is no policy '" + name + "'.", "'quittance policy show' lists those there are.")));
        }
        return ExitCode.OK;
    }

    private void show(PolicyDocument policy) {
        Output output = output();
        if (output.json()) {
            output.json(policy);
        } else {
            output.note("# version " + policy.getVersion() + ", published " + policy.getPublishedAt() + " by "
                    + policy.getPublishedBy());
            output.document(DocumentWriter.write(policy));
        }
    }

    private void list(Collection<PolicyDocument> policies) {
        Output output = output();
        if (output.json()) {
            policies.forEach(output::json);
            return;
        }
        output.table(
                List.of("POLICY", "VERSION", "RULES", "PUBLISHED", "BY", "DESCRIPTION"),
                policies.stream()
                        .map(policy -> List.of(
                                policy.getName(),
                                String.valueOf(policy.getVersion()),
                                String.valueOf(policy.getRules().size()),
                                policy.getPublishedAt().toString(),
                                policy.getPublishedBy(),
                                policy.getDescription()))
                        .toList(),
                "No policy is published: every request will be denied. Publish one with 'quittance policy apply'.");
    }
}
