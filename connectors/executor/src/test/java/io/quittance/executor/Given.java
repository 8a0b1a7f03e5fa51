package io.quittance.executor;

import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the tests of this module start from: a task that is permitted at {@link #NOW}. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Given() {}

    public static Task task() {
        return Task.newBuilder()
                .setTaskId("request-1/shop")
                .setRequestId("request-1")
                .setSubjectId("subject-1")
                .setSystem("shop")
                .setAttempt(3)
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setGrant(Grant.newBuilder()
                        .setGrantId("grant-1")
                        .setRequestId("request-1")
                        .setSubjectId("subject-1")
                        .setAction(Action.DELETE)
                        .setSystems(List.of("crm", "shop"))
                        .setCategories(List.of())
                        .setNotBefore(NOW.minusSeconds(60))
                        .setNotAfter(NOW.plusSeconds(60))
                        .setPlanSha256("0".repeat(64))
                        .setApprovedBy(List.of("approver-1"))
                        .build())
                .setIdentifiers(new Identifiers(Map.of("email", "anna@example.org"), null))
                .setDatasets(List.of(dataset()))
                .setMinimizations(List.of())
                .setIssuedAt(NOW)
                .setDeadline(NOW.plusSeconds(900))
                .build();
    }

    public static Dataset dataset() {
        return Dataset.newBuilder()
                .setName("customers")
                .setLocation("shop.customers")
                .setLocator(new Locator("email", "email", List.of()))
                .setFields(List.of(new Field("email", "contact", Transformation.REDACT)))
                .build();
    }
}
