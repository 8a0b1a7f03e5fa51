package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A client that stands still before the first request of a kind, and lets something else happen first. */
final class PausingClient extends DelegatingS3Client {
    private final Predicate<S3Request> before;
    private final Meanwhile meanwhile;
    private boolean paused;

    PausingClient(S3Client client, Predicate<S3Request> before, Meanwhile meanwhile) {
        super(client);
        this.before = before;
        this.meanwhile = meanwhile;
    }

    /** What happens while a worker stands still. */
    @FunctionalInterface
    interface Meanwhile {
        void happens() throws TaskFailure, InterruptedException;
    }

    @Override
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        if (!paused && before.test(request)) {
            paused = true;
            try {
                meanwhile.happens();
            } catch (TaskFailure | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return operation.apply(request);
    }
}
