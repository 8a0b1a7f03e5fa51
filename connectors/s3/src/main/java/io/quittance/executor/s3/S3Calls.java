package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.export.ObjectStoreErrors;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Where errors of the SDK become typed failures without personal data. */
final class S3Calls {
    private S3Calls() {}

    /** Calls the store that holds the person's data. */
    static <T> T call(Supplier<T> call) throws TaskFailure, InterruptedException {
        return call("S3", call);
    }

    /** Calls a store that goes by the given code in failures. */
    static <T> T call(String code, Supplier<T> call) throws TaskFailure, InterruptedException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw ObjectStoreErrors.asTaskFailure(e, code);
        }
    }
}
