package io.quittance.executor.s3;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ObjectStoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Writes an object into a JSON document: its metadata, its content and the SHA-256 of its content. Small content that
 * is text goes in as {@code text}, all other as {@code base64}, streamed. Thread-safe.
 */
final class ObjectWriter {
    private final S3Client client;
    private final int textBytes;

    /** @param textBytes content up to this length is looked at for being text */
    ObjectWriter(S3Client client, int textBytes) {
        this.client = client;
        this.textBytes = textBytes;
    }

    /**
     * Writes one object.
     *
     * @return whether it was still there
     */
    boolean write(ObjectSet set, S3Object object, JsonGenerator json)
            throws IOException, TaskFailure, InterruptedException {
        Optional<ResponseInputStream<GetObjectResponse>> opened = open(set, object);
        if (opened.isEmpty()) {
            return false;
        }
        try (ResponseInputStream<GetObjectResponse> content = opened.get()) {
            json.writeStartObject();
            json.writeStringField("name", object.key().substring(set.prefix().length()));
            writeMetadata(content.response(), json);
            writeContent(content, json);
            json.writeEndObject();
        }
        return true;
    }

    private Optional<ResponseInputStream<GetObjectResponse>> open(ObjectSet set, S3Object object)
            throws TaskFailure, InterruptedException {
        try {
            return Optional.of(client.getObject(get -> get.bucket(set.bucket()).key(object.key())));
        } catch (NoSuchKeyException removedMeanwhile) {
            return Optional.empty();
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, "S3");
        }
    }

    private static void writeMetadata(GetObjectResponse object, JsonGenerator json) throws IOException {
        json.writeNumberField("bytes", object.contentLength());
        Instant lastModified = object.lastModified();
        if (lastModified != null) {
            json.writeStringField("last_modified", lastModified.toString());
        }
        if (object.contentType() != null) {
            json.writeStringField("content_type", object.contentType());
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> pair : object.metadata().entrySet()) {
            json.writeStringField(pair.getKey(), pair.getValue());
        }
        json.writeEndObject();
    }

    private void writeContent(ResponseInputStream<GetObjectResponse> content, JsonGenerator json) throws IOException {
        HashingInputStream hashed = new HashingInputStream(Hashing.sha256(), content);
        if (content.response().contentLength() <= textBytes) {
            writeSmall(hashed.readAllBytes(), json);
        } else {
            writeLarge(hashed, json);
        }
        json.writeStringField("sha256", hashed.hash().toString());
    }

    private static void writeSmall(byte[] content, JsonGenerator json) throws IOException {
        Optional<String> text = asText(content);
        if (text.isPresent()) {
            json.writeStringField("text", text.get());
        } else {
            json.writeBinaryField("base64", content);
        }
    }

    private static void writeLarge(InputStream content, JsonGenerator json) throws IOException {
        json.writeFieldName("base64");
        json.writeBinary(content, -1);
    }

    private static Optional<String> asText(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
