package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what changed between two versions of a policy. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what changed between two versions of a policy, as a unified diff of their YAML.",
        footer = {"", "Examples:", "  quittance policy diff default 3", "  quittance policy diff default 3 5"})
public final class PolicyDiffCommand extends PipelineCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The policy.")
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The older version.")
    private int before;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "The newer one. Default: the one in force.")
    private @Nullable Integer after;

    public PolicyDiffCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        PolicyVersions versions =
                PolicyVersions.read(log(connection), connection, name).requireAny();
        PolicyDocument older = versions.require(before);
        PolicyDocument newer = after == null ? inForce(versions) : versions.require(after);
        Output output = output();
        if (output.json()) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("from", older.getVersion())
                    .put("to", newer.getVersion());
            var lines = json.putArray("diff");
            PolicyDiff.of(older, newer).forEach(lines::add);
            output.json(json);
        } else {
            PolicyDiff.print(output, older, newer);
        }
        return ExitCode.OK;
    }

    private static PolicyDocument inForce(PolicyVersions versions) {
        PolicyDocument inForce = versions.inForce();
        if (inForce == null) {
            throw CliException.notFound(
                    "No version of the policy '" + versions.name() + "' is in force.",
                    "Name the newer version too: quittance policy diff " + versions.name() + " OLDER NEWER.");
        }
        return inForce;
    }
}
