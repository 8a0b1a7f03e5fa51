package io.quittance.bench.wire;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Channel;
import io.quittance.schema.RequestState;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Audit records as the application would write them. */
public final class AuditBytes {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private AuditBytes() {}

    public static byte[] of(Topics topics, String registryUrl, int number, RequestState state, boolean closed) {
        var record = AuditRecord.newBuilder()
                .setRequestId("request-%010d".formatted(number))
                .setSubjectId("subject-%010d".formatted(number))
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setRequesterType(RequesterType.SUBJECT)
                .setRequesterId("subject-%010d".formatted(number))
                .setPurpose("account-closure")
                .setChannel(Channel.DASHBOARD)
                .setScope(Scope.newBuilder().setSystems(List.of("shop")).build())
                .setState(state)
                .setClosed(closed)
                .setCode("X")
                .setReason("")
                .setSubmittedAt(NOW)
                .setReceivedAt(NOW)
                .setUpdatedAt(NOW)
                .setRevision(1)
                .build();
        try (var serde = ContractSerdes.of(AuditRecord.class, Map.of("schema.registry.url", registryUrl))) {
            return serde.serializer().serialize(topics.audit(), record);
        }
    }
}
