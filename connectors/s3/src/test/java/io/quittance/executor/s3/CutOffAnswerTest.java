package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quittance.executor.DataSystem;
import io.quittance.executor.TaskFailure;
import io.quittance.schema.Action;
import io.quittance.schema.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that ends in the middle of an answer: half of something must not pass for the whole. */
class CutOffAnswerTest {
    private static final String LETTER = "<ListBucketResult><IsTruncated>false</IsTruncated>"
            + "<EncodingType>url</EncodingType>"
            + "<Contents><Key>customers/4/letter.txt</Key><Size>1000</Size></Contents></ListBucketResult>";

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private String cut = "nothing";

    CutOffAnswerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000000"})
    void halfAnObjectIsNotExported(String longestText) {
        cut = "/customers/";

        TaskFailure failure;
        try (DataSystem archive = open(Map.of("s3.text.max.bytes", longestText))) {
            failure = failure(() -> archive.execute(Given.work(task(Action.EXPORT))));
        }

        assertThat(failure.code()).isEqualTo("EXPORT_WRITER_FAILED");
        assertThat(failure.retryable()).isTrue();
        assertThat(written).isEmpty();
    }

    @Test
    void halfAReceiptIsNotABadOne() {
        cut = "/receipts/";

        TaskFailure failure;
        try (DataSystem archive = open(Map.of())) {
            failure = failure(() -> archive.execute(Given.work(task(Action.DELETE))));
        }

        assertThat(failure.code()).isEqualTo("RECEIPTS_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(written).isEmpty();
    }

    @Test
    void halfADocumentIsNotSomethingElse() {
        cut = "/exports/";

        TaskFailure failure;
        try (DataSystem archive = open(Map.of())) {
            failure = failure(() -> archive.earlierOutcomes(task(Action.EXPORT)));
        }

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    private DataSystem open(Map<String, String> more) {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return new S3ExecutorPlugin()
                .createSystem(
                        Given.config(endpoint, "any", "any", "archive", more), Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }

    private interface Call {
        void run() throws TaskFailure, InterruptedException;
    }

    private static TaskFailure failure(Call call) {
        return catchThrowableOfType(TaskFailure.class, call::run);
    }

    private static Task task(Action action) {
        return Given.task(action, "4", Given.letters("archive").build()).build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")) {
            written.add(path);
            respond(exchange, 200, "");
        } else if (path.contains(cut)) {
            respondWithHalf(exchange, "{\"datasets\": [" + " ".repeat(985));
        } else if (path.contains("/receipts/") || path.contains("/exports/")) {
            respond(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
        } else {
            respond(exchange, 200, LETTER);
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void respondWithHalf(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }
}
