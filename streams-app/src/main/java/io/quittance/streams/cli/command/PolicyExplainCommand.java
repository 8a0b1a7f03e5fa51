package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionMade;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.RuleApplied;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.AvroJson;
import io.quittance.streams.cli.output.StoryTeller;
import io.quittance.streams.domain.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells why a request was decided as it was. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tell why a request was decided as it was: which version of the policy, which rule and what it looked at,"
                    + " which rules did not hold, what was asked, who decided, what did not count and why, how it"
                    + " stands."
        },
        footer = {"", "Example:", "  quittance policy explain 5c0e..."})
public final class PolicyExplainCommand extends PipelineCommand {

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    public PolicyExplainCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Connection connection = connection();
        ContractLog log = log(connection);
        AuditRecord audit = Audits.require(log, connection, request);
        PolicyDocument policy = policy(log, connection, audit.getRule());
        ApprovalPrompt prompt = audit.getClosed()
                ? null
                : log.lookUp(connection.topics().approvals(), request, ApprovalPrompt.class)
                        .orElse(null);
        if (output().json()) {
            output().json(json(audit, policy, prompt));
        } else {
            new StoryTeller(output(), audit, PolicyExplainCommand::sentence)
                    .tell(policy, prompt, context.clock().instant());
        }
        return ExitCode.OK;
    }

    /** The version that judged, from the history. */
    private static @Nullable PolicyDocument policy(ContractLog log, Connection connection, @Nullable RuleApplied rule) {
        return rule == null
                ? null
                : PolicyVersions.read(log, connection, rule.getPolicy()).kept().get(rule.getPolicyVersion());
    }

    private static String sentence(String code) {
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.name().equals(code))
                .map(Refusal::sentence)
                .findFirst()
                .orElse(code);
    }

    private static ObjectNode json(
            AuditRecord audit, @Nullable PolicyDocument policy, @Nullable ApprovalPrompt prompt) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("request_id", audit.getRequestId())
                .put("state", audit.getState().name())
                .put("code", audit.getCode())
                .put("reason", audit.getReason())
                .put("legal_basis", audit.getLegalBasis());
        json.set("rule", audit.getRule() == null ? null : AvroJson.of(audit.getRule()));
        json.put("policy_known", policy != null);
        var before = json.putArray("rules_before");
        if (policy != null && audit.getRule() != null) {
            StoryTeller.before(policy, audit.getRule().getRule())
                    .forEach(
                            rule -> before.addObject().put("rule", rule.getId()).put("when", rule.getWhen()));
        }
        var decisions = json.putArray("decisions");
        for (DecisionMade made : audit.getDecisions()) {
            ObjectNode decision = AvroJson.of(made);
            decision.put("rejection_sentence", made.getRejection() == null ? null : sentence(made.getRejection()));
            decisions.add(decision);
        }
        json.set("asked", prompt == null ? null : AvroJson.of(prompt));
        json.set("clock", audit.getClock() == null ? null : AvroJson.of(audit.getClock()));
        json.set("review", audit.getReview() == null ? null : AvroJson.of(audit.getReview()));
        return json;
    }
}
