package io.quittance.streams.cli.command;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.PromptKind;
import io.quittance.schema.Verdict;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import picocli.CommandLine.Command;

/** Answers the review that follows emergency access. */
public abstract class DecideReviewCommand extends DecideCommand {

    private final Verdict verdict;

    DecideReviewCommand(CliContext context, Verdict verdict) {
        super(context);
        this.verdict = verdict;
    }

    @Override
    public Integer call() {
        String reviewer = approver();
        Connection connection = connection();
        ContractLog log = log(connection);
        ApprovalPrompt prompt = Prompts.require(log, connection, request());
        if (!output().json()) {
            Prompts.print(output(), prompt);
        }
        if (prompt.getKind() != PromptKind.REVIEW) {
            throw CliException.refused(
                    "The request waits for approval, not for a review.",
                    "Answer it with 'quittance decide approve' or 'quittance decide deny'.");
        }
        ApprovalChecks.checkPerson(prompt, reviewer, groups());
        if (reason() == null) {
            throw CliException.refused("A review wants a reason.", "Give --reason; no personal data in it.");
        }
        send(log, connection, decision(verdict, prompt.getSubjectId(), prompt.getPlanSha256()));
        return ExitCode.OK;
    }

    /** {@code decide sign-off} */
    @Command(
            name = "sign-off",
            mixinStandardHelpOptions = true,
            description = "Say of emergency access that has been used: it was justified. The request can close then.",
            footer = {
                "",
                "Example:",
                "  quittance decide sign-off 5c0e... --as dpo-1 --group dpo --reason 'incident 4711 confirmed'"
            })
    public static final class SignOff extends DecideReviewCommand {
        public SignOff(CliContext context) {
            super(context, Verdict.SIGN_OFF);
        }
    }

    /** {@code decide object} */
    @Command(
            name = "object",
            mixinStandardHelpOptions = true,
            description =
                    "Say of emergency access that has been used: it was not justified. The request closes, and the"
                            + " audit says so.",
            footer = {
                "",
                "Example:",
                "  quittance decide object 5c0e... --as dpo-1 --group dpo --reason 'no incident was open'"
            })
    public static final class Objection extends DecideReviewCommand {
        public Objection(CliContext context) {
            super(context, Verdict.OBJECT);
        }
    }
}
