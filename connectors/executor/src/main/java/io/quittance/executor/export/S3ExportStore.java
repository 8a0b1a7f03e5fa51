package io.quittance.executor.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Exports as objects of an S3 server. A document that fits into one part is one request; a larger one goes through a
 * multipart upload, so that memory is bounded by the part whatever the length of the document.
 */
public final class S3ExportStore implements ExportStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExportConfig config;
    private final S3Client client;

    private S3ExportStore(ExportConfig config, S3Client client) {
        this.config = config;
        this.client = client;
    }

    /** Connects lazily: nothing is sent before the first document. */
    public static S3ExportStore open(ExportConfig config) {
        return new S3ExportStore(config, config.connection().open());
    }

    @Override
    public <X extends Exception> StoredDocument write(String key, DocumentWriter<X> writer, GrantGuard guard)
            throws TaskFailure, InterruptedException, X {
        String fullKey = config.prefix() + key;
        try (ObjectUpload upload = new ObjectUpload(client, config, fullKey)) {
            return write(upload, fullKey, writer, guard);
        }
    }

    private <X extends Exception> StoredDocument write(
            ObjectUpload upload, String key, DocumentWriter<X> writer, GrantGuard guard)
            throws TaskFailure, InterruptedException, X {
        Map<String, Long> records;
        try {
            records = writeJson(upload, writer);
            if (!upload.complete(guard)) {
                return present(key);
            }
        } catch (IOException e) {
            throw failure(e, upload.failure());
        }
        return StoredDocument.of(uri(key), upload.sha256(), upload.length(), records);
    }

    @Override
    public Optional<StoredDocument> find(String key) throws TaskFailure, InterruptedException {
        return read(config.prefix() + key);
    }

    private StoredDocument present(String key) throws TaskFailure, InterruptedException {
        return read(key)
                .orElseThrow(() -> TaskFailure.retryable(
                        "EXPORT_STORE_REFUSED",
                        "The object store did not complete the document, and there is none under its key."));
    }

    private Optional<StoredDocument> read(String key) throws TaskFailure, InterruptedException {
        try (InputStream bytes =
                client.getObject(get -> get.bucket(config.bucket()).key(key))) {
            return Optional.of(DocumentReader.read(uri(key), bytes));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, "EXPORT_STORE");
        } catch (JsonProcessingException e) {
            throw TaskFailure.failed(
                    "EXPORT_KEY_TAKEN",
                    "There is something else under the key of the task's document: look at it, then remove it.");
        } catch (IOException e) {
            throw TaskFailure.retryable(
                    "EXPORT_STORE_UNREACHABLE", "The document that is there already could not be read to its end.");
        }
    }

    private String uri(String key) {
        return "s3://" + config.bucket() + "/" + key;
    }

    private static <X extends Exception> Map<String, Long> writeJson(ObjectUpload upload, DocumentWriter<X> writer)
            throws IOException, TaskFailure, InterruptedException, X {
        // Not closed after a failure: closing would flush half a document.
        JsonGenerator json = JSON.getFactory()
                .createGenerator(upload)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8.mappedFeature());
        Map<String, Long> records = writer.writeTo(json);
        if (!json.getOutputContext().inRoot()) {
            throw new IllegalStateException("the writer left the JSON document unfinished");
        }
        json.close();
        return records;
    }

    private static TaskFailure failure(IOException error, @Nullable SdkException ofStore) throws InterruptedException {
        if (error instanceof ObjectUpload.TooLarge) {
            return TaskFailure.failed(
                    "EXPORT_TOO_LARGE", "The document has more than 10,000 parts: raise export.part.bytes.");
        }
        return ofStore == null
                ? TaskFailure.retryable("EXPORT_WRITER_FAILED", "The document could not be written to its end.")
                : ObjectStoreErrors.asTaskFailure(ofStore, "EXPORT_STORE");
    }

    @Override
    public void close() {
        client.close();
    }
}
