package io.quittance.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Asks the instance that has a subject. Plain HTTP: instances share a network, or something in between adds TLS. */
final class Neighbour {
    /** A question that was passed on is not passed on again. */
    static final String PASSED_ON = "Quittance-Passed-On";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final @Nullable BearerToken token;

    Neighbour(@Nullable BearerToken token) {
        this.token = token;
    }

    /** What the instance answered. */
    record Answer(int status, String body) {}

    /** Empty if the instance did not answer. */
    Optional<Answer> ask(HostInfo host, String subject, String requestId) {
        try {
            HttpResponse<String> response =
                    client.send(request(host, subject, requestId), HttpResponse.BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.body()));
        } catch (IOException unreachable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private HttpRequest request(HostInfo host, String subject, String requestId) {
        String path = "/v1/subjects/" + segment(subject) + "/requests/" + segment(requestId);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + host.host() + ":" + host.port() + path))
                .timeout(LIMIT)
                .header(PASSED_ON, "1");
        if (token != null) {
            request.header("Authorization", token.header());
        }
        return request.build();
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
