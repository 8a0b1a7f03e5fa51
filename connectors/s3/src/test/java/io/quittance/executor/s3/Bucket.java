package io.quittance.executor.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.quittance.harness.S3Process;
import io.quittance.schema.ExportedDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a test's own, and what a test looks at in it without the code under test. */
record Bucket(S3Client client, String name) {
    static Bucket create(S3Process s3) {
        String name = "test-" + UUID.randomUUID();
        s3.createBucket(name);
        return new Bucket(s3.client(), name);
    }

    void put(String key, String content) {
        put(key, content.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    void put(String key, byte[] content, String contentType) {
        client.putObject(put -> put.bucket(name).key(key).contentType(contentType), RequestBody.fromBytes(content));
    }

    void putMany(String prefix, int count) {
        IntStream.range(0, count).parallel().forEach(number -> put(prefix + number + ".txt", "letter " + number));
    }

    byte[] get(String key) {
        return client.getObjectAsBytes(get -> get.bucket(name).key(key)).asByteArray();
    }

    List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    byte[] fetch(ExportedDocument document) {
        return get(document.getUri().substring(("s3://" + name + "/").length()));
    }

    JsonNode read(ExportedDocument document) throws IOException {
        return new ObjectMapper().readTree(fetch(document));
    }

    static String sha256(byte[] bytes) {
        return Hashing.sha256().hashBytes(bytes).toString();
    }
}
