package io.quittance.executor.s3;

import io.quittance.executor.connect.QuittanceSinkTask;

/** A task of the {@link S3ExecutorConnector}. */
public final class S3ExecutorTask extends QuittanceSinkTask {
    /** For Connect. */
    public S3ExecutorTask() {
        super(new S3ExecutorPlugin());
    }
}
