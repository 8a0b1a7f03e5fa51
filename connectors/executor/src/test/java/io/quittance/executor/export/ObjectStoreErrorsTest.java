package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.TaskFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectStoreErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, false",
        "404, NoSuchBucket, false",
        "501, NotImplemented, false",
        "408, RequestTimeout, true",
        "429, TooManyRequests, true",
        "500, InternalError, true",
        "503, SlowDown, true"
    })
    void tellsWhatMayPassFromWhatWillNot(int status, String code, boolean retryable) throws InterruptedException {
        TaskFailure failure = ObjectStoreErrors.asTaskFailure(answer(status, code), "EXPORT_STORE");

        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.code()).isEqualTo("EXPORT_STORE_REFUSED");
        assertThat(failure.detail()).contains(String.valueOf(status)).contains(code);
    }

    @Test
    void retriesWhatCouldNotBeAsked() throws InterruptedException {
        TaskFailure failure = ObjectStoreErrors.asTaskFailure(
                SdkClientException.create("https://bucket/customers/anna@example.org"), "EXPORT_STORE");

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.code()).isEqualTo("EXPORT_STORE_UNREACHABLE");
        assertThat(failure.detail()).doesNotContain("anna");
    }

    @Test
    void repeatsNothingThatIsNotACode() throws InterruptedException {
        TaskFailure failure = ObjectStoreErrors.asTaskFailure(answer(400, "key customers/anna"), "EXPORT_STORE");

        assertThat(failure.detail()).doesNotContain("anna");
    }

    @Test
    void treatsAnAbortedCallAsAnInterruption() {
        assertThatThrownBy(() -> ObjectStoreErrors.asTaskFailure(AbortedException.create("stopping"), "EXPORT_STORE"))
                .isInstanceOf(InterruptedException.class);
    }

    private static S3Exception answer(int status, String code) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .message("the key customers/anna@example.org")
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
