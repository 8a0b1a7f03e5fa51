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
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Receipts as small objects {@code <prefix><task_id>/<plan_sha256>.json} in a bucket of the executor's own. A lifecycle
 * rule may remove them once no task of that age can be delivered again. Thread-safe.
 */
final class Receipts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Client client;
    private final ReceiptsLocation location;

    Receipts(S3Client client, ReceiptsLocation location) {
        this.client = client;
        this.location = location;
    }

    /** The receipt of the task's plan, if there is one that speaks of the same datasets. */
    Optional<Receipt> find(Task task) throws TaskFailure, InterruptedException {
        try {
            ResponseBytes<GetObjectResponse> stored =
                    client.getObjectAsBytes(get -> get.bucket(location.bucket()).key(key(task)));
            return Optional.of(read(stored)).filter(found -> found.covers(task));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, "RECEIPTS");
        }
    }

    /** Replaces the receipt of the task's plan. */
    void save(Task task, Receipt receipt) throws TaskFailure, InterruptedException {
        byte[] bytes = write(receipt);
        S3Calls.call(
                "RECEIPTS",
                () -> client.putObject(
                        put -> put.bucket(location.bucket())
                                .key(key(task))
                                .contentType("application/json")
                                .contentMD5(ContentMd5.of(bytes)),
                        RequestBody.fromBytes(bytes)));
    }

    /** Takes back a receipt of something that was not done after all. */
    void remove(Task task) throws TaskFailure, InterruptedException {
        S3Calls.call(
                "RECEIPTS",
                () -> client.deleteObject(
                        delete -> delete.bucket(location.bucket()).key(key(task))));
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
