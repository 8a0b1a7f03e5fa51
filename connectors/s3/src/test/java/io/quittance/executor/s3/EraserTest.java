package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

class EraserTest {
    private final List<S3Request> removals = new ArrayList<>();

    @Test
    void removesNothingMinutesAfterTheGuardWasAsked() throws Exception {
        S3Client client = new RecordingClient();
        ObjectSet letters = new ObjectSet(Given.letters("archive").build(), "archive", "customers/4/", List.of());

        new Eraser(client, new ObjectListing(client, 10), Given.PERMITTED, false).erase(letters);

        assertThat(removals)
                .hasExactlyElementsOfTypes(
                        DeleteObjectRequest.class, DeleteObjectsRequest.class, AbortMultipartUploadRequest.class)
                .allSatisfy(removal -> assertThat(removal.overrideConfiguration()
                                .orElseThrow()
                                .apiCallTimeout()
                                .orElseThrow())
                        .isLessThan(Duration.ofMinutes(1)));
    }

    private static S3Object object(String key) {
        return S3Object.builder().key(key).build();
    }

    /** A store with an object, one that goes alone, and an upload. */
    private final class RecordingClient implements S3Client {
        @Override
        public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest list) {
            return ListObjectVersionsResponse.builder().isTruncated(false).build();
        }

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request list) {
            return ListObjectsV2Response.builder()
                    .isTruncated(false)
                    .contents(object("customers/4/letter.txt"), object("customers/4/\u0001"))
                    .build();
        }

        @Override
        public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest list) {
            return ListMultipartUploadsResponse.builder()
                    .isTruncated(false)
                    .uploads(MultipartUpload.builder()
                            .key("customers/4/half.bin")
                            .uploadId("1")
                            .build())
                    .build();
        }

        @Override
        public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest delete) {
            removals.add(delete);
            return DeleteObjectsResponse.builder().build();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest delete) {
            removals.add(delete);
            return DeleteObjectResponse.builder().build();
        }

        @Override
        public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest abort) {
            removals.add(abort);
            return AbortMultipartUploadResponse.builder().build();
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
