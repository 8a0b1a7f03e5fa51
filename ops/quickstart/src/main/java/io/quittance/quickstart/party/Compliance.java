package io.quittance.quickstart.party;

import io.quittance.schema.AuditRecord;
import java.time.Duration;
import java.util.function.Predicate;

/** The compliance team's side: reads the audit. */
public final class Compliance implements AutoCloseable {
    private final Latest<AuditRecord> audit;

    public Compliance(Connection connection) {
        this.audit = new Latest<>(
                connection.consumer(AuditRecord.class), connection.topics().audit());
    }

    /** Waits until the request's audit record is as wanted. */
    public AuditRecord await(String requestId, Predicate<AuditRecord> wanted, Duration patience) {
        return audit.await(requestId, wanted, patience);
    }

    /** Waits until the request is closed. */
    public AuditRecord awaitClosed(String requestId, Duration patience) {
        return await(requestId, AuditRecord::getClosed, patience);
    }

    @Override
    public void close() {
        audit.close();
    }
}
