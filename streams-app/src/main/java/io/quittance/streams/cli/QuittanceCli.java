package io.quittance.streams.cli;

import io.quittance.streams.cli.command.AclsApplyCommand;
import io.quittance.streams.cli.command.AclsShowCommand;
import io.quittance.streams.cli.command.ApprovalsListCommand;
import io.quittance.streams.cli.command.ApprovalsShowCommand;
import io.quittance.streams.cli.command.AuditListCommand;
import io.quittance.streams.cli.command.AuditShowCommand;
import io.quittance.streams.cli.command.AuditTailCommand;
import io.quittance.streams.cli.command.CompletionCommand;
import io.quittance.streams.cli.command.DecideApproveCommand;
import io.quittance.streams.cli.command.DecideDenyCommand;
import io.quittance.streams.cli.command.DecideReviewCommand;
import io.quittance.streams.cli.command.DecideRevokeCommand;
import io.quittance.streams.cli.command.DirectiveCommand;
import io.quittance.streams.cli.command.FreezeApplyCommand;
import io.quittance.streams.cli.command.FreezeLiftCommand;
import io.quittance.streams.cli.command.FreezeListCommand;
import io.quittance.streams.cli.command.Groups;
import io.quittance.streams.cli.command.HoldCommand;
import io.quittance.streams.cli.command.KeysNewCommand;
import io.quittance.streams.cli.command.KeysPublicCommand;
import io.quittance.streams.cli.command.LimitsApplyCommand;
import io.quittance.streams.cli.command.LimitsRemoveCommand;
import io.quittance.streams.cli.command.LimitsShowCommand;
import io.quittance.streams.cli.command.LimitsStatusCommand;
import io.quittance.streams.cli.command.PolicyApplyCommand;
import io.quittance.streams.cli.command.PolicyCheckCommand;
import io.quittance.streams.cli.command.PolicyDiffCommand;
import io.quittance.streams.cli.command.PolicyExplainCommand;
import io.quittance.streams.cli.command.PolicyHistoryCommand;
import io.quittance.streams.cli.command.PolicyRemoveCommand;
import io.quittance.streams.cli.command.PolicyShowCommand;
import io.quittance.streams.cli.command.PolicySimulateCommand;
import io.quittance.streams.cli.command.PolicyTestCommand;
import io.quittance.streams.cli.command.RequestRecordCommand;
import io.quittance.streams.cli.command.RequestSubmitCommand;
import io.quittance.streams.cli.command.RequestWatchCommand;
import io.quittance.streams.cli.command.RequestWithdrawCommand;
import io.quittance.streams.cli.command.RunCommand;
import io.quittance.streams.cli.command.SystemsApplyCommand;
import io.quittance.streams.cli.command.SystemsRemoveCommand;
import io.quittance.streams.cli.command.SystemsShowCommand;
import io.quittance.streams.cli.command.TopicsApplyCommand;
import picocli.CommandLine;

/** All commands, wired. */
public final class QuittanceCli {

    private static final int USAGE_WIDTH = 100;

    private QuittanceCli() {}

    /**
     * Runs one command as a process would: with logging out of the way, unless the command is the application itself.
     *
     * @return the process's exit code
     */
    public static int run(CliContext context, String... arguments) {
        return commandLine(context)
                .setExecutionStrategy(parsed -> {
                    if (!isApplication(parsed)) {
                        ClientLogs.keepOutOfTheWay(context.environment().get(ClientLogs.LEVEL));
                    }
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(arguments);
    }

    /** The command line; {@code execute(arguments)} returns the exit code. */
    public static CommandLine commandLine(CliContext context) {
        FailureHandler failures = new FailureHandler();
        CommandLine root = new CommandLine(new QuittanceCommand())
                .addSubcommand(new RunCommand(context))
                .addSubcommand(group(new Groups.Topics(), new TopicsApplyCommand(context)))
                .addSubcommand(group(new Groups.Acls(), new AclsShowCommand(context), new AclsApplyCommand(context)))
                .addSubcommand(group(
                        new Groups.Policy(),
                        new PolicyCheckCommand(context),
                        new PolicyTestCommand(context),
                        new PolicySimulateCommand(context),
                        new PolicyExplainCommand(context),
                        new PolicyApplyCommand(context),
                        new PolicyShowCommand(context),
                        new PolicyHistoryCommand(context),
                        new PolicyDiffCommand(context),
                        new PolicyRemoveCommand(context)))
                .addSubcommand(group(
                        new Groups.Systems(),
                        new SystemsApplyCommand(context),
                        new SystemsShowCommand(context),
                        new SystemsRemoveCommand(context)))
                .addSubcommand(group(
                        new Groups.Limits(),
                        new LimitsApplyCommand(context),
                        new LimitsShowCommand(context),
                        new LimitsStatusCommand(context),
                        new LimitsRemoveCommand(context)))
                .addSubcommand(group(
                        new Groups.Freeze(),
                        new FreezeApplyCommand(context),
                        new FreezeListCommand(context),
                        new FreezeLiftCommand(context)))
                .addSubcommand(group(new Groups.Hold(), new HoldCommand.Place(context), new HoldCommand.Lift(context)))
                .addSubcommand(group(
                        new Groups.Request(),
                        new RequestSubmitCommand(context),
                        new RequestRecordCommand(context),
                        new RequestWithdrawCommand(context),
                        new DirectiveCommand.Extend(context),
                        new DirectiveCommand.Pause(context),
                        new DirectiveCommand.Resume(context),
                        new DirectiveCommand.Acknowledge(context),
                        new DirectiveCommand.Retry(context),
                        new DirectiveCommand.Cancel(context),
                        new AuditShowCommand.Summary(context),
                        new RequestWatchCommand(context)))
                .addSubcommand(group(
                        new Groups.Approvals(), new ApprovalsListCommand(context), new ApprovalsShowCommand(context)))
                .addSubcommand(group(
                        new Groups.Decide(),
                        new DecideApproveCommand(context),
                        new DecideDenyCommand(context),
                        new DecideReviewCommand.SignOff(context),
                        new DecideReviewCommand.Objection(context),
                        new DecideRevokeCommand(context)))
                .addSubcommand(group(new Groups.Keys(), new KeysNewCommand(context), new KeysPublicCommand(context)))
                .addSubcommand(group(
                        new Groups.Audit(),
                        new AuditShowCommand.Story(context),
                        new AuditListCommand(context),
                        new AuditTailCommand(context)))
                .addSubcommand(new CompletionCommand());
        root.getCommandSpec().usageMessage().exitCodeList(ExitCode.help());
        withVersion(root);
        return root.setUsageHelpWidth(USAGE_WIDTH)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static boolean isApplication(CommandLine.ParseResult parsed) {
        return parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof RunCommand;
    }

    /** Every command answers {@code --version}, as all take it. */
    private static void withVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(QuittanceCli::withVersion);
    }

    private static CommandLine group(Object holder, Object... commands) {
        CommandLine group = new CommandLine(holder);
        for (Object command : commands) {
            group.addSubcommand(command);
        }
        return group;
    }
}
