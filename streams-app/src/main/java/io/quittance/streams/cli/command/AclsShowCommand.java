package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.contract.Topics;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.access.AccessRule;
import io.quittance.streams.cli.access.AccessRules;
import io.quittance.streams.cli.access.AclScript;
import io.quittance.streams.cli.access.Principals;
import io.quittance.streams.cli.output.Output;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code acls show} */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "What each principal has to be allowed on a secured cluster, and nothing else. Speaks to no cluster.",
            "It follows from the topic catalogue: who writes a topic may write it, who reads it may read it."
        },
        footer = {
            "",
            "Examples:",
            "  quittance acls show --principals principals.yaml",
            "  quittance acls show --principal application=quittance --principal executor:shop=executor-shop \\",
            "      --format kafka-acls > acls.sh"
        })
public final class AclsShowCommand extends LocalCommand {

    /** How results are shown to people. */
    enum Format {
        TABLE,
        KAFKA_ACLS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    private PrincipalOptions principals;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}: a table, or a script for Kafka's own tool.")
    private Format format = Format.TABLE;

    public AclsShowCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Principals named = principals.principals(this::source);
        Topics topics = connection.topics(context.environment());
        List<AccessRule> rules = AccessRules.of(topics, named);
        Output output = output();
        if (output.json()) {
            rules.forEach(rule -> output.json(json(rule)));
        } else if (format == Format.KAFKA_ACLS) {
            AclScript.lines(rules).forEach(output::line);
        } else {
            output.table(
                    List.of("PRINCIPAL", "AS", "RESOURCE", "NAME", "PATTERN", "MAY"),
                    rules.stream().map(AclsShowCommand::row).toList(),
                    "Nobody is named.");
        }
        return ExitCode.OK;
    }

    static List<String> row(AccessRule rule) {
        return List.of(
                rule.principal(),
                rule.role().id(),
                rule.resource().resourceType().name(),
                rule.resource().name(),
                rule.resource().patternType().name(),
                rule.operation().name());
    }

    static ObjectNode json(AccessRule rule) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("principal", rule.principal())
                .put("role", rule.role().id())
                .put("resource", rule.resource().resourceType().name())
                .put("name", rule.resource().name())
                .put("pattern", rule.resource().patternType().name())
                .put("operation", rule.operation().name());
    }
}
