package io.quittance.executor.export;

import io.quittance.executor.TaskFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Which errors of an S3 server may pass by themselves, and what may be said about them. The messages of the SDK and of
 * servers repeat keys, so none of them is passed on; the status and the error code are constants of the protocol.
 */
public final class ObjectStoreErrors {
    private ObjectStoreErrors() {}

    /**
     * The error as a task fails with it: the given code followed by _REFUSED if the server answered, by _UNREACHABLE if
     * it did not.
     *
     * @throws InterruptedException if there was no error, but the executor is stopping
     */
    public static TaskFailure asTaskFailure(SdkException error, String code) throws InterruptedException {
        if (error instanceof AbortedException) {
            // The SDK leaves the thread's flag set; whoever catches the exception must find it cleared.
            Thread.interrupted();
            throw new InterruptedException();
        }
        if (!(error instanceof AwsServiceException answer)) {
            return TaskFailure.retryable(code + "_UNREACHABLE", describe(error));
        }
        return mayPass(answer)
                ? TaskFailure.retryable(code + "_REFUSED", describe(error))
                : TaskFailure.failed(code + "_REFUSED", describe(error));
    }

    /** Sentence for people: what the server answered, or that it did not. */
    public static String describe(SdkException error) {
        return error instanceof AwsServiceException answer
                ? "The object store answered " + answer.statusCode() + errorCode(answer) + "."
                : "The object store could not be asked (" + error.getClass().getSimpleName() + ").";
    }

    private static boolean mayPass(AwsServiceException answer) {
        return (answer.statusCode() >= 500 && answer.statusCode() != 501)
                || answer.statusCode() == 408
                // Somebody else's write of the same key is under way.
                || answer.statusCode() == 409
                || answer.statusCode() == 429
                || answer.isThrottlingException()
                || answer.isClockSkewException();
    }

    private static String errorCode(AwsServiceException answer) {
        if (answer.awsErrorDetails() == null) {
            return "";
        }
        String code = answer.awsErrorDetails().errorCode();
        // A server could put anything here; only what looks like a code is repeated.
        return code != null && code.matches("[A-Za-z]{1,64}") ? " (" + code + ")" : "";
    }
}
