package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import io.quittance.streams.cli.policy.Answer;
import io.quittance.streams.cli.policy.PolicyFile;
import io.quittance.streams.cli.policy.PolicyTests;
import io.quittance.streams.cli.policy.TestRun;
import io.quittance.streams.cli.policy.TrialView;
import io.quittance.streams.yaml.InvalidDocumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests of policies. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Run the tests of policies: the cases in NAME.tests.yaml beside NAME.policy.yaml.",
            "Connects to nothing. Exit code 5 if a case fails or a policy has no tests, or with --strict if there is"
                    + " a rule that no case reaches."
        },
        footer = {
            "",
            "Examples:",
            "  quittance policy test erasure.policy.yaml",
            "  quittance policy test --strict ops/policies/*.policy.yaml"
        })
public final class PolicyTestCommand extends LocalCommand {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policies.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--coverage", description = "Name the rules that no case reaches.")
    private boolean coverage;

    @Option(names = "--strict", description = "As --coverage, and fail if there is such a rule.")
    private boolean strict;

    @Option(
            names = "--verbose",
            description = "Tell of every case which rules were tried, not only of those that fail.")
    private boolean verbose;

    private int passed;
    private int failed;
    private int unreached;

    public PolicyTestCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        files.forEach(this::test);
        output().note(passed + " passed, " + failed + " failed"
                + (looksAtCoverage() ? ", " + unreached + " rules not reached" : "") + ".");
        return failed > 0 || (strict && unreached > 0) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private boolean looksAtCoverage() {
        return coverage || strict;
    }

    private void test(Path file) {
        Path beside = PolicyTests.beside(file);
        if (!Files.exists(beside)) {
            failed++;
            output().note(file + " has no tests. Write them to " + beside + "; DOCUMENTS.md says how.");
            return;
        }
        try {
            PolicyFile policy = PolicyFile.read(source(file), context.conditions());
            report(file, TestRun.of(policy, PolicyTests.read(source(beside))));
        } catch (InvalidDocumentException invalid) {
            failed++;
            invalid.problems().forEach(problem -> output().note(problem.toString()));
        }
    }

    private void report(Path file, TestRun run) {
        if (!output().json()) {
            output().line(file.toString());
        }
        run.results().forEach(result -> report(file, result));
        if (looksAtCoverage()) {
            unreached += run.unreached().size();
            run.unreached().forEach(rule -> reportUnreached(file, rule));
        }
    }

    private void report(Path file, TestRun.Result result) {
        if (result.passed()) {
            passed++;
        } else {
            failed++;
        }
        Output output = output();
        if (output.json()) {
            output.json(json(file, result));
            return;
        }
        output.line(
                "  ",
                result.passed() ? Standing.good("passed") : Standing.bad("FAILED"),
                "  " + result.test().name()
                        + (result.passed() ? "" : "  (" + result.test().at() + ")"));
        result.differences().forEach(difference -> output.line("        " + difference));
        if (verbose || !result.passed()) {
            output.line("        " + result.trial().judgement().reason());
            TrialView.print(output, result.trial());
        }
    }

    private void reportUnreached(Path file, String rule) {
        Output output = output();
        if (output.json()) {
            output.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("unreached_rule", rule));
        } else {
            output.line("  ", Standing.open("not reached"), "  rule '" + rule + "': no case has it decide.");
        }
    }

    private static ObjectNode json(Path file, TestRun.Result result) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("file", file.toString())
                .put("case", result.test().name())
                .put("line", result.test().at().line())
                .put("passed", result.passed())
                .put("outcome", Answer.outcome(result.trial().judgement()))
                .put("reason", result.trial().judgement().reason());
        var differences = json.putArray("differences");
        result.differences().forEach(differences::add);
        json.set("rules", TrialView.json(result.trial()));
        return json;
    }
}
