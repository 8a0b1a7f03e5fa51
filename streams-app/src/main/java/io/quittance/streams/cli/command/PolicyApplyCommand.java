package io.quittance.streams.cli.command;

import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.policy.PolicyFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates a policy and publishes it as its next version. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Publish a policy from YAML as its next version. The same policy again changes nothing.",
        footer = {
            "",
            "Examples:",
            "  quittance policy apply policy.yaml --as ops-7 --config client.properties",
            "  quittance policy apply policy.yaml --check"
        })
public final class PolicyApplyCommand extends PipelineCommand {

    @Parameters(paramLabel = "FILE", description = "The policy; '-' is standard input.")
    private Path file;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who publishes. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(names = "--check", description = "Only validate the file; connect to nothing.")
    private boolean check;

    @Option(names = "--dry-run", description = "Say what would change; publish nothing.")
    private boolean dryRun;

    public PolicyApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        // As whoever takes it up reads it too: what that refuses would never come into force.
        PolicyDocument draft =
                PolicyFile.read(source(file), context.conditions()).document();
        if (check) {
            output().note(file + " is a valid policy.");
            return ExitCode.OK;
        }
        String publisher = actor(as);
        Connection connection = connection();
        ContractLog log = log(connection);
        publish(draft, log, connection, publisher).report(output(), dryRun);
        return ExitCode.OK;
    }

    /** As {@link Publisher} does it, and with a history to keep. */
    private Publication publish(PolicyDocument draft, ContractLog log, Connection connection, String publisher) {
        String topic = connection.topics().policies();
        while (true) {
            PolicyVersions versions = PolicyVersions.read(log, connection, draft.getName());
            Publication publication = versions.plan(draft, log, topic);
            if (!publication.changes() || dryRun) {
                return publication;
            }
            versions.completeHistory(log, topic);
            publication.stamp(draft, context.clock().instant(), publisher);
            if (PolicyVersions.publish(log, topic, draft)) {
                return publication;
            }
            publication.noteLate(output());
        }
    }
}
