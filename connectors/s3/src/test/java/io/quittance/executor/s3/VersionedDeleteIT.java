package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.DataSystem;
import io.quittance.executor.export.ObjectStoreConnection;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionedDeleteIT {
    private final VersionedS3 server;
    private final S3Client client;
    private Bucket bucket;
    private DataSystem archive;

    VersionedDeleteIT() throws Exception {
        server = VersionedS3.start();
        client = new ObjectStoreConnection(
                        URI.create(server.endpoint()), "us-east-1", new Password("any"), new Password("any"), true)
                .open();
    }

    @BeforeEach
    void startEmpty() {
        bucket = versionedBucket();
        archive = open();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void removesEveryVersionAndMarker() throws Exception {
        bucket.put("customers/4/letter.txt", "first");
        bucket.put("customers/4/letter.txt", "second");
        bucket.put("customers/4/deleted.txt", "still there as a version");
        client.deleteObject(delete -> delete.bucket(bucket.name()).key("customers/4/deleted.txt"));
        bucket.put("customers/42/letter.txt", "not mine");
        bucket.put("customers/42/letter.txt", "not mine either");

        assertThat(archive.execute(Given.work(delete("4")))).containsExactly(erased(2));
        assertThat(versionedKeys("customers/")).containsExactly("customers/42/letter.txt", "customers/42/letter.txt");
    }

    @Test
    void findsWhatOnlyHidesBehindAMarker() throws Exception {
        bucket.put("customers/4/deleted.txt", "still there as a version");
        client.deleteObject(delete -> delete.bucket(bucket.name()).key("customers/4/deleted.txt"));

        assertThat(archive.execute(Given.work(delete("4")))).containsExactly(erased(1));
        assertThat(versionedKeys("customers/")).isEmpty();
    }

    @Test
    void removesMoreVersionsThanOnePageHolds() throws Exception {
        for (String version : List.of("first", "second", "third")) {
            for (int number = 0; number < 9; number++) {
                bucket.put("customers/4/" + number + ".txt", version);
            }
        }

        assertThat(archive.execute(Given.work(delete("4")))).containsExactly(erased(9));
        assertThat(versionedKeys("customers/")).isEmpty();
    }

    @Test
    void abortsUploadsThatWereNeverCompleted() throws Exception {
        begin("customers/4/half.bin");
        begin("customers/42/half.bin");

        assertThat(archive.execute(Given.work(delete("4"))))
                .containsExactly(new DatasetOutcome("letters", Disposition.NOT_FOUND, 0L, 0L, 0L, null, null, null));
        assertThat(client.listMultipartUploads(list -> list.bucket(bucket.name()))
                        .uploads())
                .extracting(MultipartUpload::key)
                .containsExactly("customers/42/half.bin");
    }

    private void begin(String key) {
        String upload = client.createMultipartUpload(
                        create -> create.bucket(bucket.name()).key(key))
                .uploadId();
        client.uploadPart(
                part -> part.bucket(bucket.name()).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("half of a letter"));
    }

    private Bucket versionedBucket() {
        String name = "test-" + UUID.randomUUID();
        client.createBucket(create -> create.bucket(name));
        client.putBucketVersioning(
                put -> put.bucket(name).versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)));
        return new Bucket(client, name);
    }

    private DataSystem open() {
        return new S3ExecutorPlugin()
                .createSystem(
                        Given.config(server.endpoint(), "any", "any", bucket.name(), Map.of("s3.page.size", "10")),
                        Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    private List<String> versionedKeys(String prefix) {
        var found = client.listObjectVersionsPaginator(
                list -> list.bucket(bucket.name()).prefix(prefix));
        return Stream.concat(
                        found.versions().stream().map(ObjectVersion::key),
                        found.deleteMarkers().stream().map(DeleteMarkerEntry::key))
                .toList();
    }

    private Task delete(String customer) {
        Dataset letters = Given.letters(bucket.name()).build();
        return Given.task(Action.DELETE, customer, letters).build();
    }

    private static DatasetOutcome erased(long count) {
        return new DatasetOutcome("letters", Disposition.ERASED, count, count, 0L, null, null, null);
    }
}
