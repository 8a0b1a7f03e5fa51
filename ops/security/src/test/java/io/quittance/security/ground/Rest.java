package io.quittance.security.ground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A REST API on this machine, as somebody sees it. */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final Map<String, String> headers;

    /** As anybody sees it. */
    public Rest(String url) {
        this(url, Map.of());
    }

    private Rest(String url, Map<String, String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** As somebody with a token sees it. */
    static Rest withToken(String url, String token) {
        return new Rest(url, Map.of("Authorization", "Bearer " + token));
    }

    public String url() {
        return url;
    }

    /** @throws IOException if nobody answers */
    public HttpResponse<String> get(String path) throws IOException {
        return send(request(path).build());
    }

    public HttpResponse<String> put(String path, Object body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    public HttpResponse<String> delete(String path) throws IOException {
        return send(request(path).DELETE().build());
    }

    public JsonNode json(String path) throws IOException {
        return JSON.readTree(get(path).body());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted", e);
        }
    }
}
