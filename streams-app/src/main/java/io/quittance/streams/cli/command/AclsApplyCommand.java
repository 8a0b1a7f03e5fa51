package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.access.AccessRule;
import io.quittance.streams.cli.access.AccessRules;
import io.quittance.streams.cli.access.Principals;
import io.quittance.streams.cli.access.Strangers;
import io.quittance.streams.cli.kafka.AclAdmin;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds the ACLs that are missing, and says which there are that nobody asked for. It takes none away. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Add the ACLs that are missing on a cluster: those that 'acls show' shows.",
            "An ACL that lets somebody do more with the pipeline's topics, groups or transactions is reported and left as"
                    + " it is, and the exit code is 5. Run it as somebody who may alter the cluster."
        },
        footer = {
            "",
            "Examples:",
            "  quittance acls apply --principals principals.yaml --config admin.properties",
            "  quittance acls apply --principals principals.yaml --config admin.properties --dry-run"
        })
public final class AclsApplyCommand extends PipelineCommand {

    @Mixin
    private PrincipalOptions principals;

    @Option(names = "--dry-run", description = "Add nothing; say what is missing.")
    private boolean dryRun;

    public AclsApplyCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Principals named = principals.principals(this::source);
        Connection connection = topicsConnection();
        List<AccessRule> rules = AccessRules.of(connection.topics(), named);
        try (AclAdmin admin = context.connector().acls(connection)) {
            Collection<AclBinding> existing = admin.all();
            List<AccessRule> missing = rules.stream()
                    .filter(rule -> !existing.contains(rule.binding()))
                    .toList();
            if (!dryRun && !missing.isEmpty()) {
                admin.add(missing.stream().map(AccessRule::binding).toList());
            }
            report(rules, missing);
            return reportStrangers(Strangers.among(existing, rules, connection.topics(), named));
        }
    }

    private void report(List<AccessRule> rules, List<AccessRule> missing) {
        Output output = output();
        if (output.json()) {
            rules.forEach(rule -> output.json(AclsShowCommand.json(rule).put("status", status(rule, missing))));
            return;
        }
        output.table(
                List.of("PRINCIPAL", "AS", "RESOURCE", "NAME", "PATTERN", "MAY", "STATUS"),
                rules.stream()
                        .map(rule -> {
                            List<String> row = new ArrayList<>(AclsShowCommand.row(rule));
                            row.add(status(rule, missing));
                            return row;
                        })
                        .toList(),
                "Nobody is named.");
    }

    private String status(AccessRule rule, List<AccessRule> missing) {
        if (!missing.contains(rule)) {
            return "exists";
        }
        return dryRun ? "missing" : "added";
    }

    private int reportStrangers(List<AclBinding> strangers) {
        Output output = output();
        strangers.forEach(stranger -> output.note("Nobody asked for: "
                + stranger.entry().principal() + " may "
                + stranger.entry().operation() + " on " + stranger.pattern().patternType() + " "
                + stranger.pattern().resourceType() + " " + stranger.pattern().name() + "."));
        if (strangers.isEmpty()) {
            return ExitCode.OK;
        }
        output.note("Nothing was taken away: name those who may in the file, or remove the others with kafka-acls.sh.");
        return ExitCode.REFUSED;
    }
}
