package io.quittance.executor.jdbc;

import io.quittance.executor.GrantGuard;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.Transformations;
import io.quittance.executor.Work;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Minimization;
import io.quittance.schema.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What the tests of this module start from. */
final class Given {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final GrantGuard PERMITTED = () -> {};
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Given() {}

    static Task.Builder task(Action action, String email, Dataset... datasets) {
        String requestId = UUID.randomUUID().toString();
        return Task.newBuilder()
                .setTaskId(requestId + "/shop")
                .setRequestId(requestId)
                .setSubjectId("subject-1")
                .setSystem("shop")
                .setAttempt(1)
                .setAction(action)
                .setRegime("GDPR")
                .setGrant(grant(requestId, action).build())
                .setIdentifiers(new Identifiers(Map.of("email", email), null))
                .setDatasets(List.of(datasets))
                .setMinimizations(List.<Minimization>of())
                .setIssuedAt(NOW)
                .setDeadline(NOW.plusSeconds(900));
    }

    static Task delete(String email, Dataset.Builder... datasets) {
        Dataset[] built = Stream.of(datasets).map(Dataset.Builder::build).toArray(Dataset[]::new);
        return task(Action.DELETE, email, built).build();
    }

    static Grant.Builder grant(String requestId, Action action) {
        return Grant.newBuilder()
                .setGrantId("grant-" + requestId)
                .setRequestId(requestId)
                .setSubjectId("subject-1")
                .setAction(action)
                .setSystems(List.of("shop"))
                .setCategories(List.of())
                .setNotBefore(NOW.minusSeconds(60))
                .setNotAfter(NOW.plusSeconds(600))
                .setPlanSha256("0".repeat(64))
                .setApprovedBy(List.of("approver-1"));
    }

    /** The same task and plan, after the grant has ended and another one was given. */
    static Task grantedAnew(Task task) {
        Task again = Task.newBuilder(task).setAttempt(2).build();
        again.getGrant().setGrantId("grant-anew");
        return again;
    }

    static Work work(Task task) {
        return work(task, PERMITTED);
    }

    static Work work(Task task, GrantGuard guard) {
        return new Work(task, guard, new Transformations(task.getMinimizations(), Pseudonyms.keyed(KEY, "shop")));
    }
}
