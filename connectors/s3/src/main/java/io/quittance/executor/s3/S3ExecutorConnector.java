package io.quittance.executor.s3;

import io.quittance.executor.connect.QuittanceSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Executor for object stores that speak S3, as a Kafka Connect sink connector. */
public final class S3ExecutorConnector extends QuittanceSinkConnector {
    /** For Connect. */
    public S3ExecutorConnector() {
        super(new S3ExecutorPlugin());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3ExecutorTask.class;
    }
}
