package io.quittance.executor.s3;

import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.run.TaskExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Removes objects of one task, a page at a time, asking before each request whether the grant still permits it. */
final class Eraser {
    private static final Set<String> MAY_PASS =
            Set.of("InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "Throttling");

    /**
     * Nothing must be removed long after the guard was asked, so a request that removes is not repeated for minutes, as
     * others are. The executor tries again instead, and asks again.
     */
    private static final AwsRequestOverrideConfiguration ONCE = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(15))
            .addPlugin(client ->
                    client.overrideConfiguration(calls -> calls.retryStrategy(DefaultRetryStrategy.doNotRetry())))
            .build();

    private final S3Client client;
    private final ObjectListing listing;
    private final GrantGuard guard;
    private final Map<String, Long> refusals = new HashMap<>();
    private boolean begun;

    /** @param begun whether an earlier execution of the task may have removed something */
    Eraser(S3Client client, ObjectListing listing, GrantGuard guard, boolean begun) {
        this.client = client;
        this.listing = listing;
        this.guard = guard;
        this.begun = begun;
    }

    /** Whether anything may have been removed for this task, now or earlier. */
    boolean hasBegun() {
        return begun;
    }

    /**
     * Removes all that is there, with every version and delete marker where the store has them, and uploads that were
     * never completed.
     *
     * @throws TaskFailure PARTLY_DONE if the grant ended underway, S3_KEEPS_OBJECTS if the store would not let go of
     *     some
     */
    void erase(ObjectSet set) throws TaskFailure, InterruptedException {
        listing.forEachEntry(set, page -> remove(set.bucket(), page));
        listing.forEachUpload(set, page -> abort(set.bucket(), page));
        if (!refusals.isEmpty()) {
            throw storeKeepsObjects();
        }
    }

    /**
     * Asks whether the grant still permits the removal.
     *
     * @throws TaskFailure PARTLY_DONE in place of a refusal once something may have been removed: a refusal would say
     *     that nothing was touched
     */
    void ensureStillPermitted() throws TaskFailure, InterruptedException {
        try {
            guard.ensureValid();
        } catch (TaskFailure ended) {
            throw begun && !ended.retryable() ? partlyDone(ended) : ended;
        }
    }

    private static TaskFailure partlyDone(TaskFailure ended) {
        return TaskExecution.isSentAgain(ended)
                ? TaskFailure.retryable(
                        "PARTLY_DONE",
                        "The removal was interrupted (" + ended.code() + ") after it had begun: part of the objects may"
                                + " be gone, and the next attempt goes on.")
                : TaskFailure.failed(
                        "PARTLY_DONE",
                        "Permission ended (" + ended.code() + ") after the removal had begun: part of the objects may"
                                + " be gone, the rest is still there.");
    }

    private void remove(String bucket, List<ObjectListing.Entry> page) throws TaskFailure, InterruptedException {
        List<ObjectIdentifier> together = new ArrayList<>();
        for (ObjectListing.Entry entry : page) {
            if (fitsXml(entry.key())) {
                together.add(ObjectIdentifier.builder()
                        .key(entry.key())
                        .versionId(entry.versionId())
                        .build());
            } else {
                removeOne(bucket, entry);
            }
        }
        if (!together.isEmpty()) {
            DeleteObjectsResponse answer = removing(() -> client.deleteObjects(delete -> delete.bucket(bucket)
                    .delete(all -> all.objects(together).quiet(true))
                    .overrideConfiguration(ONCE)));
            answer.errors().forEach(this::note);
        }
    }

    private void removeOne(String bucket, ObjectListing.Entry entry) throws TaskFailure, InterruptedException {
        removing(() -> client.deleteObject(delete -> delete.bucket(bucket)
                .key(entry.key())
                .versionId(entry.versionId())
                .overrideConfiguration(ONCE)));
    }

    private void abort(String bucket, List<MultipartUpload> page) throws TaskFailure, InterruptedException {
        for (MultipartUpload upload : page) {
            removing(() -> abortOne(bucket, upload));
        }
    }

    /** Whether it was there; if it was completed meanwhile, it is an object now, and the next look finds it. */
    private boolean abortOne(String bucket, MultipartUpload upload) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket)
                    .key(upload.key())
                    .uploadId(upload.uploadId())
                    .overrideConfiguration(ONCE));
            return true;
        } catch (NoSuchUploadException completedOrAbortedMeanwhile) {
            return false;
        }
    }

    /** One request that removes something. */
    private <T> T removing(Supplier<T> request) throws TaskFailure, InterruptedException {
        ensureStillPermitted();
        begun = true;
        return S3Calls.call(request);
    }

    /** A key may hold control characters, but the XML of a request for many may not. */
    private static boolean fitsXml(String key) {
        return key.codePoints().noneMatch(c -> c < 0x20 || c == 0xFFFE || c == 0xFFFF);
    }

    private void note(S3Error error) {
        String code = error.code() != null && error.code().matches("[A-Za-z]{1,64}") ? error.code() : "unnamed";
        refusals.merge(code, 1L, Long::sum);
    }

    private TaskFailure storeKeepsObjects() {
        long count = refusals.values().stream().mapToLong(Long::longValue).sum();
        String detail = "The object store would not remove " + count + " objects ("
                + String.join(", ", refusals.keySet().stream().sorted().toList()) + ").";
        return MAY_PASS.containsAll(refusals.keySet())
                ? TaskFailure.retryable("S3_KEEPS_OBJECTS", detail)
                : TaskFailure.failed("S3_KEEPS_OBJECTS", detail);
    }
}
