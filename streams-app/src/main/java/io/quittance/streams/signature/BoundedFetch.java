package io.quittance.streams.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a document, which may be neither large nor slow: also one that comes a byte at a time is given up in time.
 */
final class BoundedFetch {
    private final HttpClient client;
    private final HttpRequest request;
    private final int maxBytes;
    private final Duration limit;

    BoundedFetch(URI url, int maxBytes, Duration limit) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(Redirect.NEVER)
                .build();
        this.request = HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .timeout(limit)
                .build();
        this.maxBytes = maxBytes;
        this.limit = limit;
    }

    /** @throws IOException if it does not come, whole and in time */
    String get() throws IOException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, info -> new Bounded(maxBytes));
        try {
            HttpResponse<byte[]> response = coming.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return new String(response.body(), UTF_8);
        } catch (ExecutionException failure) {
            throw new IOException("it cannot be fetched", failure.getCause());
        } catch (TimeoutException slow) {
            throw new IOException("it takes too long", slow);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while fetching", stopped);
        } finally {
            coming.cancel(true);
        }
    }

    /** Bytes up to a limit. */
    private static final class Bounded implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
        private long left;
        private @Nullable Subscription subscription;

        Bounded(int most) {
            this.left = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return bytes.getBody();
        }

        @Override
        public void onSubscribe(Subscription from) {
            subscription = from;
            bytes.onSubscribe(from);
        }

        @Override
        public void onNext(List<ByteBuffer> chunk) {
            left -= chunk.stream().mapToLong(ByteBuffer::remaining).sum();
            if (left >= 0) {
                bytes.onNext(chunk);
            } else if (subscription != null) {
                subscription.cancel();
                bytes.onError(new IOException("it is too large"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            bytes.onError(failure);
        }

        @Override
        public void onComplete() {
            bytes.onComplete();
        }
    }
}
