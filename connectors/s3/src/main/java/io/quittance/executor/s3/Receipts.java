package io.quittance.executor.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ContentMd5;
import io.quittance.executor.export.ExportKey;
import io.quittance.executor.export.ObjectStoreErrors;
import io.quittance.schema.Task;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Receipts as small objects {@code <prefix><task_id>/<plan_sha256>.json} in a bucket of the executor's own. A lifecycle
 * rule may remove them once no task of that age can be delivered again; the executor never does. Thread-safe.
 *
 * <p>Two workers may carry out the same task: one goes on for a while after its partition has been given to the other.
 * So a receipt is replaced only as long as it is the one that was looked at.
 */
final class Receipts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODE = "RECEIPTS";
    /** As the condition of a write: that there is no object. */
    private static final String ANY = "*";

    /** Answers of a store that holds another receipt than the one to replace, or none, or is just taking another. */
    private static final Set<Integer> OVERTAKEN = Set.of(412, 404, 409);

    /** Once nothing is left to remove, one of two workers comes to its end with each, so it takes fewer. */
    private static final int ROUNDS = 5;

    private final S3Client client;
    private final ReceiptsLocation location;

    Receipts(S3Client client, ReceiptsLocation location) {
        this.client = client;
        this.location = location;
    }

    /** Does what depends on a receipt. Called again when the receipt was overtaken, so it has to look at all anew. */
    @FunctionalInterface
    interface Step<T> {
        T with(Slot slot) throws Overtaken, TaskFailure, InterruptedException;
    }

    /** Somebody else has written the receipt since it was looked at. */
    static final class Overtaken extends Exception {
        private Overtaken() {
            super("the receipt was written meanwhile");
        }
    }

    /** A receipt as it lies in the store, and the tag by which the store knows it. */
    private record Stored(Receipt receipt, String tag) {}

    /** Where the receipt of one task lies, as it was when last looked at. For one thread. */
    final class Slot {
        private final Task task;
        private @Nullable Stored stored;

        private Slot(Task task, @Nullable Stored stored) {
            this.task = task;
            this.stored = stored;
        }

        /** The receipt of the task's plan, if it speaks of the same datasets and was not withdrawn. */
        Optional<Receipt> receipt() {
            return Optional.ofNullable(stored)
                    .map(Stored::receipt)
                    .filter(found -> !found.isWithdrawn() && found.covers(task));
        }

        /** Replaces what was looked at, or fails if that is not there any more. */
        void write(Receipt receipt) throws Overtaken, TaskFailure, InterruptedException {
            stored = replace(task, stored, receipt);
        }
    }

    /** The receipt of the task's plan, if there is one that speaks of the same datasets. */
    Optional<Receipt> find(Task task) throws TaskFailure, InterruptedException {
        return look(task).receipt();
    }

    /** Lets a step look and write as if nobody else did: what was decided from a receipt that has changed is void. */
    <T> T settle(Task task, Step<T> step) throws TaskFailure, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                return step.with(look(task));
            } catch (Overtaken meanwhile) {
                // Look again.
            }
        }
        throw TaskFailure.retryable("RECEIPT_CONTESTED", "Other workers keep writing the receipt of this task.");
    }

    private Slot look(Task task) throws TaskFailure, InterruptedException {
        return new Slot(task, load(task).orElse(null));
    }

    private Optional<Stored> load(Task task) throws TaskFailure, InterruptedException {
        try {
            ResponseBytes<GetObjectResponse> stored =
                    client.getObjectAsBytes(get -> get.bucket(location.bucket()).key(key(task)));
            return Optional.of(new Stored(read(stored), tag(stored.response().eTag())));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, CODE);
        }
    }

    private Stored replace(Task task, @Nullable Stored stored, Receipt next)
            throws Overtaken, TaskFailure, InterruptedException {
        byte[] bytes = write(next);
        try {
            String tag = client.putObject(
                            put -> onlyOver(stored, put)
                                    .bucket(location.bucket())
                                    .key(key(task))
                                    .contentType("application/json")
                                    .contentMD5(ContentMd5.of(bytes)),
                            RequestBody.fromBytes(bytes))
                    .eTag();
            return new Stored(next, tag(tag));
        } catch (S3Exception e) {
            if (OVERTAKEN.contains(e.statusCode())) {
                return ownAfterAll(task, next);
            }
            throw ObjectStoreErrors.asTaskFailure(e, CODE);
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, CODE);
        }
    }

    private static PutObjectRequest.Builder onlyOver(@Nullable Stored stored, PutObjectRequest.Builder put) {
        return stored == null ? put.ifNoneMatch(ANY) : put.ifMatch(stored.tag());
    }

    /** The SDK repeats a request whose answer was lost, and the repetition finds what the first has written. */
    private Stored ownAfterAll(Task task, Receipt next) throws Overtaken, TaskFailure, InterruptedException {
        return load(task).filter(now -> now.receipt().equals(next)).orElseThrow(Overtaken::new);
    }

    /** Without one, the next write would have no condition. */
    private static String tag(@Nullable String eTag) throws TaskFailure {
        if (eTag == null || eTag.isEmpty()) {
            throw TaskFailure.failed(
                    "RECEIPTS_REFUSED", "The object store gave a receipt no ETag, which the next write needs.");
        }
        return eTag;
    }

    private String key(Task task) {
        return location.prefix() + ExportKey.part(task.getTaskId()) + "/"
                + ExportKey.part(task.getGrant().getPlanSha256()) + ".json";
    }

    private static Receipt read(ResponseBytes<GetObjectResponse> stored) throws TaskFailure {
        try {
            return JSON.readValue(stored.asByteArrayUnsafe(), Receipt.class);
        } catch (IOException e) {
            throw TaskFailure.failed(
                    "BAD_RECEIPT", "The receipt of this task cannot be read: look at it, then remove or mend it.");
        }
    }

    private static byte[] write(Receipt receipt) {
        try {
            return JSON.writeValueAsBytes(receipt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt is plain data", e);
        }
    }
}
