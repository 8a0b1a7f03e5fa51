package io.quittance.streams.cli.command;

import io.quittance.schema.Approver;
import io.quittance.schema.ApproverKind;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.Narrowing;
import io.quittance.schema.Verdict;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What approve, deny and revoke share: who decides, on what, and why. */
abstract class DecideCommand extends PipelineCommand {

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    private String request;

    @Option(names = "--as", paramLabel = "PSEUDONYM", description = "Who decides. Or QUITTANCE_AS.")
    private @Nullable String as;

    @Option(names = "--group", paramLabel = "NAME", description = "Approver group that you belong to. Repeatable.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why. It is copied to the audit: no personal data.")
    private @Nullable String reason;

    @Option(
            names = "--machine",
            description = "It is an external check that decides. It counts only where a rule asks for a machine.")
    private boolean machine;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "What a rule's predicate may look at, such as region=eu. Repeatable.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Mixin
    private SignatureOptions signature;

    DecideCommand(CliContext context) {
        super(context);
    }

    String request() {
        return request;
    }

    String approver() {
        return actor(as);
    }

    List<String> groups() {
        return Limits.names("--group", groups);
    }

    @Nullable
    String reason() {
        return Limits.optional("--reason", reason, Limits.DECISION_REASON);
    }

    private Map<String, String> attributes() {
        Limits.names("--attribute", List.copyOf(attributes.keySet()));
        attributes.values().forEach(value -> Limits.textOrNothing("--attribute", value, Limits.SENTENCE));
        return Map.copyOf(attributes);
    }

    DecisionEvent decision(Verdict verdict, String subject, @Nullable String planSha256) {
        return DecisionEvent.newBuilder()
                .setDecisionId(UUID.randomUUID().toString())
                .setRequestId(Limits.text("REQUEST", request, Limits.ID))
                .setSubjectId(subject)
                .setOccurredAt(context.clock().instant())
                .setVerdict(verdict)
                .setApprover(Approver.newBuilder()
                        .setId(approver())
                        .setGroups(List.copyOf(groups()))
                        .setKind(machine ? ApproverKind.MACHINE : ApproverKind.HUMAN)
                        .setAttributes(attributes())
                        .build())
                .setPlanSha256(planSha256)
                .setReason(reason())
                .setNarrowing((Narrowing) null)
                .build();
    }

    void send(ContractLog log, Connection connection, DecisionEvent decision) {
        signature.sign(decision);
        log.append(connection.topics().decisions(), decision.getSubjectId(), decision);
        Output output = output();
        if (output.json()) {
            output.json(decision);
        } else {
            output.note(
                    decision.getVerdict() + " sent. See whether it counted with: quittance request show " + request);
        }
    }
}
