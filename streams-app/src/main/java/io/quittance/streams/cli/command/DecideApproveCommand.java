package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Narrowing;
import io.quittance.schema.Verdict;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves a request, bound to the plan that is shown. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Approve a request. The plan is shown, and the decision is bound to its SHA-256.",
            "An approval may be for less than was asked: fewer systems, fewer categories, a shorter window."
        },
        footer = {
            "",
            "Examples:",
            "  quittance decide approve 5c0e... --as officer-3 --group privacy-officers --reason 'identity checked'",
            "  quittance decide approve 5c0e... --as officer-3 --group privacy-officers --only-system shop --window 10m"
        })
public final class DecideApproveCommand extends DecideCommand {

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Length of the grant's window, such as 10m; not longer than the plan's.")
    private @Nullable Duration window;

    @Option(
            names = "--plan-sha256",
            paramLabel = "HASH",
            description = "The plan that you looked at earlier; refused if it is another by now.")
    private @Nullable String planSha256;

    public DecideApproveCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String approver = approver();
        Connection connection = connection();
        ContractLog log = log(connection);
        ApprovalPrompt prompt = Prompts.require(log, connection, request());
        Narrowing narrowing =
                new Narrowing(scope.systems(), scope.categories(), window == null ? null : window.toMillis());
        if (!output().json()) {
            Prompts.print(output(), prompt);
        }
        ApprovalChecks.check(prompt, approver, groups(), reason(), narrowing, planSha256);
        DecisionEvent decision = decision(Verdict.APPROVE, prompt.getSubjectId(), prompt.getPlanSha256());
        if (narrows(narrowing)) {
            decision.setNarrowing(narrowing);
        }
        send(log, connection, decision);
        return ExitCode.OK;
    }

    private static boolean narrows(Narrowing narrowing) {
        return !narrowing.getSystems().isEmpty()
                || !narrowing.getCategories().isEmpty()
                || narrowing.getWindowMs() != null;
    }
}
