package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ExportConfig;
import io.quittance.executor.export.ExportStore;
import io.quittance.executor.export.StoredDocument;
import io.quittance.harness.S3Process;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.ExportedDocument;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

@WithHarness
class ExportStoreIT {
    private static final String KEY = "request-1/archive.json";
    /** Lines that fit into one part, but not into one small request. */
    private static final int MIDDLING = 5_000;

    private static final int LARGE = 30_000;

    private final S3Process s3;
    private final Bucket bucket;
    private ExportStore store;

    ExportStoreIT(S3Process s3) {
        this.s3 = s3;
        this.bucket = Bucket.create(s3);
        this.store = open(Map.of("export.part.bytes", "5242880"));
    }

    @BeforeEach
    void startEmpty() {
        assertThat(bucket.keys("")).isEmpty();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesWhatWasWrittenAndSaysWhatThatIs() throws Exception {
        ExportedDocument document = store.write(
                        KEY,
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("name", "Zoë 🦊");
                            json.writeEndObject();
                            return Map.of("people", 1L);
                        },
                        Given.PERMITTED)
                .description();

        byte[] stored = bucket.get("exports/" + KEY);
        assertThat(stored).asString().isEqualTo("{\"name\":\"Zoë 🦊\"}");
        assertThat(document)
                .isEqualTo(new ExportedDocument(
                        "s3://" + bucket.name() + "/exports/" + KEY, Bucket.sha256(stored), (long) stored.length, 1L));
    }

    @Test
    void sendsALargeDocumentInParts() throws Exception {
        ExportedDocument document = write(LARGE).description();

        byte[] stored = bucket.fetch(document);
        assertThat(stored.length).isGreaterThan(11 * 1024 * 1024);
        assertThat(document.getBytes()).isEqualTo(stored.length);
        assertThat(document.getSha256()).isEqualTo(Bucket.sha256(stored));
        assertThat(document.getRecords()).isEqualTo(LARGE);
    }

    @Test
    void keepsTheDocumentThatIsThereAndAnswersWithIt() throws Exception {
        StoredDocument first = write(3);

        assertThat(write(2)).isEqualTo(first);
        assertThat(write(LARGE)).isEqualTo(first);
        assertThat(Bucket.sha256(bucket.fetch(first.description())))
                .isEqualTo(first.description().getSha256());
        assertNothingIsUnderway();
    }

    @Test
    void describesALargeDocumentThatIsThereAsItsWriterDid() throws Exception {
        StoredDocument first = write(LARGE);

        assertThat(write(1)).isEqualTo(first);
        assertThat(first.records("lines")).isEqualTo(LARGE);
        assertThat(first.description().getRecords()).isEqualTo(LARGE);
    }

    @Test
    void doesNotPassOffSomethingElseAsTheDocument() {
        bucket.put("exports/" + KEY, "[\"no document\"]");

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> write(1));

        assertThat(failure.code()).isEqualTo("EXPORT_KEY_TAKEN");
        assertThat(failure.retryable()).isFalse();
        assertThat(bucket.get("exports/" + KEY)).asString().isEqualTo("[\"no document\"]");
    }

    @Test
    void leavesNothingOfADocumentWhoseWriterFailed() {
        assertThatThrownBy(() -> store.write(
                        KEY,
                        json -> {
                            json.writeStartArray();
                            throw new SQLException("connection lost");
                        },
                        Given.PERMITTED))
                .isInstanceOf(SQLException.class);

        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void leavesNothingOfALargeDocumentWhoseWriterFailedLate() {
        assertThatThrownBy(() -> store.write(
                        KEY,
                        json -> {
                            json.writeStartArray();
                            for (int row = 0; row < LARGE; row++) {
                                json.writeString("x".repeat(400));
                            }
                            throw new SQLException("connection lost");
                        },
                        Given.PERMITTED))
                .isInstanceOf(SQLException.class);

        assertThat(bucket.keys("")).isEmpty();
        assertNothingIsUnderway();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MIDDLING, LARGE})
    void leavesNothingOfADocumentWhoseGrantEndsAtTheLastLook(int lines) {
        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> write(lines, Given.permittedTimes(0)));

        assertThat(failure.code()).isEqualTo("REVOKED");
        assertThat(bucket.keys("")).isEmpty();
        assertNothingIsUnderway();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", MIDDLING + ", 1", LARGE + ", 3"})
    void looksAtTheGrantWhenOnlyOneSmallRequestIsLeft(int lines, int sent) throws Exception {
        List<Integer> sentBefore = new ArrayList<>();

        StoredDocument document = write(lines, () -> sentBefore.add(partsUnderway()));

        assertThat(sentBefore).containsExactly(sent);
        assertThat(bucket.fetch(document.description()))
                .hasSize(Math.toIntExact(document.description().getBytes()));
    }

    @Test
    void leavesNothingOfADocumentThatWasNotFinished() {
        assertThatThrownBy(() -> store.write(
                        KEY,
                        json -> {
                            json.writeStartArray();
                            return Map.of();
                        },
                        Given.PERMITTED))
                .isInstanceOf(IllegalStateException.class);

        assertThat(bucket.keys("")).isEmpty();
    }

    @Test
    void callsAFailingSourceWorthAnotherTry() {
        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class,
                () -> store.write(
                        KEY,
                        json -> {
                            throw new IOException("the source went away");
                        },
                        Given.PERMITTED));

        assertThat(failure.code()).isEqualTo("EXPORT_WRITER_FAILED");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void saysThatTheBucketIsMissing() {
        reopen(Map.of("export.bucket", "no-such-bucket"));

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> write(1));

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_REFUSED");
        assertThat(failure.detail()).contains("404").contains("NoSuchBucket");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void saysThatTheSecretIsWrong() {
        reopen(Map.of("export.secret.key", "wrong"));

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> write(1));

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_REFUSED");
        assertThat(failure.detail()).contains("403").doesNotContain("wrong");
    }

    @Test
    void saysThatTheServerIsAway() {
        reopen(Map.of("export.endpoint", "http://127.0.0.1:1"));

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> write(1));

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    private StoredDocument write(int lines) throws Exception {
        return write(lines, Given.PERMITTED);
    }

    private StoredDocument write(int lines, GrantGuard guard) throws Exception {
        return store.write(
                KEY,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("datasets");
                    json.writeStartObject();
                    json.writeStringField("name", "lines");
                    json.writeArrayFieldStart("records");
                    for (int line = 0; line < lines; line++) {
                        json.writeString(line + "x".repeat(400));
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                    return Map.of("lines", (long) lines);
                },
                guard);
    }

    private int partsUnderway() {
        return s3.client().listMultipartUploads(list -> list.bucket(bucket.name())).uploads().stream()
                .mapToInt(this::parts)
                .sum();
    }

    private int parts(MultipartUpload upload) {
        return s3.client()
                .listParts(list -> list.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId()))
                .parts()
                .size();
    }

    private void assertNothingIsUnderway() {
        assertThat(s3.client()
                        .listMultipartUploads(list -> list.bucket(bucket.name()))
                        .uploads())
                .isEmpty();
    }

    private ExportStore open(Map<String, String> more) {
        return ExportConfig.openStore(Given.config(s3, bucket.name(), more));
    }

    private void reopen(Map<String, String> more) {
        store.close();
        store = open(more);
    }
}
