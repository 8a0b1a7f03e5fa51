package io.quittance.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP to a part on this machine. */
final class LocalHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;

    /** @param base URL without a slash at its end */
    LocalHttp(String base) {
        this.base = base;
    }

    /** @param body as it came; empty when there was none */
    record Answer(int status, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new HarnessException("an answer that is not JSON, status %d".formatted(status), e);
            }
        }

        /** What Connect and the registry say in their errors. */
        String message() {
            return body.startsWith("{") ? json().path("message").asText("") : "";
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) throws IOException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer put(String path, Object body) throws IOException {
        return send("PUT", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    Answer post(String path, Object body) throws IOException {
        return send("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private Answer send(String method, String path, BodyPublisher body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body)
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while asking " + base, e);
        }
    }
}
