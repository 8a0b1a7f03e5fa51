package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class ObjectUploadTest {
    private final List<PutObjectRequest> requests = new ArrayList<>();

    @Test
    void doesNotMakeADocumentReadableMinutesAfterTheGuardWasAsked() throws Exception {
        ExportConfig config = new ExportConfig(
                new ObjectStoreConnection(null, "us-east-1", null, null, false), "exports", "", "", "", 5_000_000);

        try (ObjectUpload upload = new ObjectUpload(new RecordingClient(), config, "document.json")) {
            upload.write('1');
            upload.complete(() -> assertThat(requests).isEmpty());
        }

        assertThat(requests)
                .singleElement()
                .satisfies(put -> assertThat(put.overrideConfiguration()
                                .orElseThrow()
                                .apiCallTimeout()
                                .orElseThrow())
                        .isLessThan(Duration.ofMinutes(1)));
    }

    private final class RecordingClient implements S3Client {
        @Override
        public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
            requests.add(put);
            return PutObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
