package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.history.Place;
import java.util.List;

/** An attempt that went out. Times are milliseconds since 1970. */
record TaskSeen(
        Place place,
        long writtenAt,
        String taskId,
        String requestId,
        String subjectId,
        String system,
        int attempt,
        String action,
        GrantSeen grant,
        List<String> datasets,
        long issuedAt,
        long deadline) {}
