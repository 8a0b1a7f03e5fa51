package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.document.DocumentWriter;
import io.quittance.streams.cli.output.Output;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the policies in force, or one of them as YAML. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "List the policies in force; with a name, print that one as YAML that 'policy apply' takes.",
        footer = {"", "Example:", "  quittance policy show default > policy.yaml"})
public final class PolicyShowCommand extends PipelineCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The policy.")
    private @Nullable String name;

    public PolicyShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        String topic = connection.topics().policies();
        if (name == null) {
            list(Tables.read(log(connection), topic, PolicyDocument.class).values());
        } else {
            show(log(connection)
                    .lookUp(topic, name, PolicyDocument.class)
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
