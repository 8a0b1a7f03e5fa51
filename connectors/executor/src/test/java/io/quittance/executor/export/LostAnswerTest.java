package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quittance.executor.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store whose answer to the first completion of an upload is lost, and which then knows of no upload. */
class LostAnswerTest {
    /** With a number as long as a column of a database can hold. */
    private static final String DOCUMENT =
            "{\"datasets\":[{\"name\":\"lines\",\"records\":[\"1\",%s]}]}".formatted("9".repeat(2_000));

    /** Goes ahead as a part, so that a completion follows. */
    private static final String LONG_LINE = "x".repeat(2 * 1024 * 1024);

    private final List<String> completions = new CopyOnWriteArrayList<>();
    private final List<String> aborts = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExportStore store;
    private boolean stored = true;

    LostAnswerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store = S3ExportStore.open(new ExportConfig(
                new ObjectStoreConnection(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "us-east-1",
                        new Password("any"),
                        new Password("any"),
                        true),
                "exports",
                "",
                "",
                "",
                8 * 1024 * 1024));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    /** The grant may have been revoked meanwhile: whoever tries again asks it again. */
    @Test
    void theCompletionIsNotRepeatedWithoutAnotherLookAtTheGrant() {
        assertTriedOnceInVain();
    }

    @Test
    void theDocumentThatWasCompletedIsReported() throws Exception {
        assertTriedOnceInVain();
        aborts.clear();

        StoredDocument document = write();

        assertThat(completions).hasSize(2);
        assertThat(document.records("lines")).isEqualTo(2);
        assertThat(document.description().getUri()).isEqualTo("s3://exports/document.json");
        assertThat(document.description().getBytes()).isEqualTo(DOCUMENT.length());
        assertThat(aborts).isEmpty();
    }

    @Test
    void aDocumentThatWasNotIsTriedAgain() {
        stored = false;
        assertTriedOnceInVain();

        TaskFailure failure = catchThrowableOfType(TaskFailure.class, this::write);

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_REFUSED");
        assertThat(failure.retryable()).isTrue();
    }

    private void assertTriedOnceInVain() {
        TaskFailure failure = catchThrowableOfType(TaskFailure.class, this::write);

        assertThat(failure.code()).isEqualTo("EXPORT_STORE_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
        assertThat(completions).hasSize(1);
    }

    private StoredDocument write() throws TaskFailure, InterruptedException {
        return store.write(
                "document.json",
                json -> {
                    json.writeString(LONG_LINE);
                    return Map.of("lines", 1L);
                },
                () -> {});
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getQuery();
        switch (exchange.getRequestMethod()) {
            case "GET" -> respond(exchange, stored ? 200 : 404, stored ? DOCUMENT : error("NoSuchKey"));
            case "PUT" -> respond(exchange, 200, "");
            case "DELETE" -> {
                aborts.add(query);
                respond(exchange, 404, error("NoSuchUpload"));
            }
            default -> answerToPost(exchange, query);
        }
    }

    private void answerToPost(HttpExchange exchange, String query) throws IOException {
        if (query.contains("uploads")) {
            respond(
                    exchange,
                    200,
                    "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>");
            return;
        }
        completions.add(query);
        if (completions.size() == 1) {
            // Without an answer.
            exchange.close();
        } else {
            respond(exchange, 404, error("NoSuchUpload"));
        }
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code></Error>";
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
