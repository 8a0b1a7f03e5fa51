package io.quittance.executor.s3;

import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.Transformations;
import io.quittance.executor.Work;
import io.quittance.harness.S3Process;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Disposal;
import io.quittance.schema.Field;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Locator;
import io.quittance.schema.Minimization;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the tests of this module start from. */
final class Given {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final GrantGuard PERMITTED = () -> {};

    private Given() {}

    static ExecutorConfig config(S3Process s3, String bucket, Map<String, String> more) {
        return config(s3.endpoint(), s3.accessKey(), s3.secretKey(), bucket, more);
    }

    static ExecutorConfig config(
            String endpoint, String accessKey, String secretKey, String bucket, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "system", "archive",
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "http://127.0.0.1:1",
                "receipts.bucket", bucket,
                "export.bucket", bucket,
                "export.prefix", "exports/"));
        for (String connection : List.of("s3.", "export.")) {
            properties.put(connection + "endpoint", endpoint);
            properties.put(connection + "region", S3Process.REGION);
            properties.put(connection + "access.key", accessKey);
            properties.put(connection + "secret.key", secretKey);
            properties.put(connection + "path.style", "true");
        }
        properties.putAll(more);
        return new ExecutorConfig(new S3ExecutorPlugin(), properties);
    }

    /** A dataset of letters below {@code customers/{identifier}/}. */
    static Dataset.Builder letters(String bucket) {
        return Dataset.newBuilder()
                .setName("letters")
                .setLocation(bucket)
                .setLocator(new Locator("customer_id", "customers/{identifier}/", List.of()))
                .setFields(List.of(new Field("content", "correspondence", Transformation.REDACT)))
                .setOnDelete(Disposal.ERASE);
    }

    static Task.Builder task(Action action, String customer, Dataset... datasets) {
        String requestId = UUID.randomUUID().toString();
        return Task.newBuilder()
                .setTaskId(requestId + "/archive")
                .setRequestId(requestId)
                .setSubjectId("subject-1")
                .setSystem("archive")
                .setAttempt(1)
                .setAction(action)
                .setRegime("GDPR")
                .setGrant(grant(requestId, action, List.of()))
                .setIdentifiers(new Identifiers(Map.of("customer_id", customer), null))
                .setDatasets(List.of(datasets))
                .setMinimizations(List.<Minimization>of())
                .setIssuedAt(NOW)
                .setDeadline(NOW.plusSeconds(900));
    }

    static Grant grant(String requestId, Action action, List<String> categories) {
        return Grant.newBuilder()
                .setGrantId("grant-" + requestId)
                .setRequestId(requestId)
                .setSubjectId("subject-1")
                .setAction(action)
                .setSystems(List.of("archive"))
                .setCategories(categories)
                .setNotBefore(NOW)
                .setNotAfter(NOW.plusSeconds(1800))
                .setPlanSha256("0".repeat(64))
                .setApprovedBy(List.of("approver-1"))
                .build();
    }

    static Work work(Task task) {
        return work(task, PERMITTED);
    }

    static Work work(Task task, GrantGuard guard) {
        return new Work(task, guard, new Transformations(task.getMinimizations(), Pseudonyms.withoutKey()));
    }

    /** A grant that is revoked after it has been asked so many times. */
    static GrantGuard permittedTimes(int times) {
        return permittedTimes(times, "REVOKED");
    }

    /** A grant that is refused with a code after it has been asked so many times. */
    static GrantGuard permittedTimes(int times, String code) {
        int[] asked = {0};
        return () -> {
            if (++asked[0] > times) {
                throw TaskFailure.refused(code, "Not any more.");
            }
        };
    }
}
