package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import io.quittance.streams.cli.policy.GroupsReader;
import io.quittance.streams.cli.policy.PolicyCheck;
import io.quittance.streams.cli.policy.Remark;
import io.quittance.streams.policy.lint.People;
import io.quittance.streams.policy.lint.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with policies, and what is odd about them. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check policies as publishing would, and look for what is legal and still cannot be meant: rules that are"
                    + " never reached, erasures that nobody looks at, approvals that cannot come together.",
            "Connects to nothing. Exit code 5 if there are errors, or with --strict if there is anything."
        },
        footer = {
            "",
            "Examples:",
            "  quittance policy check erasure.policy.yaml",
            "  quittance policy check --strict --groups groups.yaml ops/policies/*.policy.yaml"
        })
public final class PolicyCheckCommand extends LocalCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policies; '-' is standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--strict", description = "Fail on warnings too.")
    private boolean strict;

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description = "Who there is to be asked: 'group: number' or 'group: [pseudonym, ...]' (YAML).")
    private @Nullable Path groups;

    public PolicyCheckCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        People people = groups == null ? People.UNKNOWN : GroupsReader.read(source(groups));
        PolicyCheck check = new PolicyCheck(context.conditions(), people);
        List<Remark> remarks = new ArrayList<>();
        for (Path file : files) {
            remarks.addAll(check.check(source(file)));
        }
        remarks.forEach(this::print);
        long errors = remarks.stream()
                .filter(remark -> remark.severity() == Severity.ERROR)
                .count();
        long warnings = remarks.size() - errors;
        output().note(count(files.size(), "file") + " checked: " + count(errors, "error") + ", "
                + count(warnings, "warning") + ".");
        return errors > 0 || (strict && warnings > 0) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private void print(Remark remark) {
        Output output = output();
        String severity = remark.severity().name().toLowerCase(Locale.ROOT);
        if (output.json()) {
            output.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("file", remark.at().file())
                    .put("line", remark.at().line())
                    .put("column", remark.at().column())
                    .put("severity", severity)
                    .put("finding", remark.name())
                    .put("message", remark.message())
                    .put("remedy", remark.remedy()));
            return;
        }
        output.line(
                remark.at() + ": ",
                remark.severity() == Severity.ERROR ? Standing.bad(severity) : Standing.open(severity),
                ": " + remark.message() + " [" + remark.name() + "]");
        if (!remark.remedy().isEmpty()) {
            output.line("    " + remark.remedy());
        }
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
