package io.quittance.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.fixture.DrivenPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before the application takes part in the work, with a token. */
class HttpApiTest {
    private static final String LOOK_UP = "/v1/subjects/s-1/requests/r-1";

    private final HttpClient client = HttpClient.newHttpClient();

    private KafkaStreams streams;
    private HttpApi api;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "sesame\n");
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "http");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        try (var pipeline = new DrivenPipeline(directory.resolve("driven"))) {
            streams = new KafkaStreams(pipeline.topology(), properties);
        }
        api = new HttpApi(
                        streams,
                        null,
                        3,
                        BearerToken.in(token),
                        () -> new HttpApi.ReferenceState(false, 2),
                        () -> "some_metric 1\n")
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        api.close();
        streams.close();
    }

    @Test
    void healthNeedsNoToken() throws Exception {
        assertThat(get("/health/live", null).statusCode()).isEqualTo(200);
        assertThat(get("/health/ready", null).statusCode()).isEqualTo(503);
        assertThat(get("/health/ready", null).body()).contains("\"ready\":false", "missing", "\"systems\":2");
    }

    @Test
    void everythingElseWantsTheToken() throws Exception {
        assertThat(get("/metrics", null).statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "Bearer sesam").statusCode()).isEqualTo(401);
        assertThat(get(LOOK_UP, "sesame").statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "Bearer sesame").body()).isEqualTo("some_metric 1\n");
    }

    @Test
    void aLookUpBeforeTheStartSaysToTryAgain() throws Exception {
        HttpResponse<String> answer = get(LOOK_UP, "Bearer sesame");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("try again");
    }

    @Test
    void aPortThatIsTakenIsSaidToBe() {
        try (var second = withoutToken()) {
            assertThatThrownBy(() -> second.start("127.0.0.1", api.port()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContainingAll("http.port: " + api.port(), "is taken");
        }
    }

    /** 192.0.2.1 is nobody's: it is kept for documents (RFC 5737). */
    @Test
    void anAddressThatIsNotThisMachinesIsNotSaidToBeATakenPort() {
        try (var second = withoutToken()) {
            assertThatThrownBy(() -> second.start("192.0.2.1", 0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("http.host: 192.0.2.1 is no address of this machine");
        }
    }

    @Test
    void theTokenNeverPrintsItself(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "sesame");

        assertThat(BearerToken.in(token)).hasToString("BearerToken[redacted]");
    }

    private HttpApi withoutToken() {
        return new HttpApi(streams, null, 3, null, () -> new HttpApi.ReferenceState(false, 2), () -> "some_metric 1\n");
    }

    private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
