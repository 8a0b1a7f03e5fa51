package io.quittance.quickstart.shop;

import io.quittance.quickstart.shop.Archive.Document;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The archive in an S3 bucket. */
public final class ArchiveBucket {
    private static final int AT_ONCE = 4;

    private ArchiveBucket() {}

    /** Writes all documents to a bucket that exists, over what has the same key. */
    public static void load(S3Client s3, String bucket, Collection<Document> documents) {
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Void>> writes = documents.stream()
                    .map(document -> write(s3, bucket, document, pool))
                    .toList();
            CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new)).join();
        } finally {
            pool.shutdownNow();
        }
    }

    private static CompletableFuture<Void> write(S3Client s3, String bucket, Document document, Executor pool) {
        return CompletableFuture.runAsync(
                () -> s3.putObject(
                        request -> request.bucket(bucket).key(document.key()).contentType(document.contentType()),
                        RequestBody.fromString(document.body())),
                pool);
    }
}
