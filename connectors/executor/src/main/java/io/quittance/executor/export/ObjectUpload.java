package io.quittance.executor.export;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bytes of one object on their way. Becomes readable at {@link #complete} and not before, and only if there is no
 * object under its key; closed without that, it leaves nothing behind. For one thread.
 */
final class ObjectUpload extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectUpload.class);
    private static final String JSON = "application/json";
    private static final int FIRST_BUFFER = 64 * 1024;
    /** As the condition of a write: that there is no object. */
    private static final String ANY = "*";

    private static final int PRECONDITION_FAILED = 412;
    /**
     * What even a slow line carries within the limit below; more than that goes ahead as a part, which is unreadable.
     */
    private static final int LARGEST_PUT = 1024 * 1024;

    /**
     * A document must not become readable long after the guard was asked, so this request is not repeated for minutes,
     * as others are. The executor tries again instead, and asks again.
     */
    private static final AwsRequestOverrideConfiguration AT_ONCE = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(15))
            .build();

    /** With as much time as other calls, as a store puts the parts together meanwhile. */
    private static final AwsRequestOverrideConfiguration ONCE = AwsRequestOverrideConfiguration.builder()
            .addPlugin(calls -> calls.overrideConfiguration(
                    overrides -> overrides.retryStrategy(DefaultRetryStrategy.doNotRetry())))
            .build();

    /** The protocol's limit. */
    private static final int MOST_PARTS = 10_000;

    private final S3Client client;
    private final ExportConfig config;
    private final String key;
    private final Hasher sha256 = Hashing.sha256().newHasher();
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int buffered;
    private long length;
    private boolean completed;
    private @Nullable String uploadId;
    private @Nullable String hash;
    private @Nullable SdkException failure;

    ObjectUpload(S3Client client, ExportConfig config, String key) {
        this.client = client;
        this.config = config;
        this.key = key;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        sha256.putBytes(bytes, offset, count);
        length += count;
        int done = 0;
        while (done < count) {
            makeRoom(count - done);
            int taken = Math.min(count - done, buffer.length - buffered);
            System.arraycopy(bytes, offset + done, buffer, buffered, taken);
            buffered += taken;
            done += taken;
        }
    }

    /**
     * Makes the object readable: sends what is still to be sent, asks the guard, and then needs one small request.
     *
     * @return false if the store would not, because there is an object under the key, which stays as it is, or because
     *     it has no such upload: somebody has aborted it
     */
    boolean complete(GrantGuard guard) throws IOException, TaskFailure, InterruptedException {
        if (uploadId != null || buffered > LARGEST_PUT) {
            sendPart();
        }
        guard.ensureValid();
        completing(uploadId == null ? this::putWhole : this::completeParts);
        hash = sha256.hash().toString();
        return completed;
    }

    /** SHA-256 of all bytes, lower-case hexadecimal; known once complete. */
    String sha256() {
        return Objects.requireNonNull(hash, "the upload is not complete");
    }

    long length() {
        return length;
    }

    /** What the store failed with, if it did; whoever caught the IOException may have wrapped it. */
    @Nullable
    SdkException failure() {
        return failure;
    }

    @Override
    public void close() {
        if (completed || uploadId == null) {
            return;
        }
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(config.bucket()).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            // Parts of an upload never completed cannot be read; the bucket's lifecycle rule removes them.
            LOG.atWarn()
                    .addKeyValue("reason", ObjectStoreErrors.describe(e))
                    .log("abandoned upload left to the bucket's lifecycle rule");
        }
    }

    /** Grows the buffer as long as it may grow, so that a small document takes little memory; sends it when full. */
    private void makeRoom(int wanted) throws IOException {
        if (buffered < buffer.length) {
            return;
        }
        if (buffer.length < config.partBytes()) {
            long grown = Math.max(2L * buffer.length, (long) buffered + wanted);
            buffer = Arrays.copyOf(buffer, (int) Math.min(config.partBytes(), grown));
            return;
        }
        sendPart();
    }

    private void sendPart() throws IOException {
        if (parts.size() == MOST_PARTS) {
            throw new TooLarge();
        }
        if (uploadId == null) {
            calling(this::startParts);
        }
        calling(this::uploadPart);
        buffered = 0;
    }

    private void putWhole() {
        client.putObject(
                put -> put.bucket(config.bucket())
                        .key(key)
                        .ifNoneMatch(ANY)
                        .contentType(JSON)
                        .contentMD5(ContentMd5.of(buffer, buffered))
                        .serverSideEncryption(encryption())
                        .ssekmsKeyId(kmsKeyId())
                        .overrideConfiguration(AT_ONCE),
                body());
    }

    private void startParts() {
        uploadId = client.createMultipartUpload(create -> create.bucket(config.bucket())
                        .key(key)
                        .contentType(JSON)
                        .serverSideEncryption(encryption())
                        .ssekmsKeyId(kmsKeyId()))
                .uploadId();
    }

    private void uploadPart() {
        int number = parts.size() + 1;
        String tag = client.uploadPart(
                        part -> part.bucket(config.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentMD5(ContentMd5.of(buffer, buffered)),
                        body())
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }

    private void completeParts() {
        client.completeMultipartUpload(complete -> complete.bucket(config.bucket())
                .key(key)
                .ifNoneMatch(ANY)
                .uploadId(uploadId)
                .multipartUpload(all -> all.parts(parts))
                .overrideConfiguration(ONCE));
    }

    private RequestBody body() {
        byte[] bytes = buffer;
        int count = buffered;
        // Not fromBytes: that would copy the part.
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, count), count, JSON);
    }

    private @Nullable String encryption() {
        return config.encryption().isEmpty() ? null : config.encryption();
    }

    private @Nullable String kmsKeyId() {
        return config.kmsKeyId().isEmpty() ? null : config.kmsKeyId();
    }

    private void completing(Runnable call) throws IOException {
        calling(() -> {
            try {
                call.run();
                completed = true;
            } catch (NoSuchUploadException completedOrAborted) {
                // Nothing is left to abort.
                uploadId = null;
            } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED) {
                    throw e;
                }
            }
        });
    }

    private void calling(Runnable call) throws IOException {
        if (failure != null) {
            throw new IOException("the upload has failed before", failure);
        }
        try {
            call.run();
        } catch (SdkException e) {
            failure = e;
            throw new IOException("the object store failed", e);
        }
    }

    /** More parts than the protocol has numbers for. */
    static final class TooLarge extends IOException {
        private TooLarge() {
            super("too many parts");
        }
    }
}
