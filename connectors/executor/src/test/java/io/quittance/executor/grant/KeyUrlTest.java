package io.quittance.executor.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyUrlTest {
    private static final PipelineKey KEY = PipelineKey.named("2026");
    private static final PipelineKey NEXT = PipelineKey.named("2027");
    private static final KeyUrl.Freshness LONG = new KeyUrl.Freshness(
            Duration.ofMinutes(20), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(3));

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile int status = 200;
    private volatile String served = PipelineKey.set(KEY);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = served.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void keysAreFetchedOnceForManyLooks() throws IOException {
        try (KeyUrl keys = keys(LONG)) {
            assertThat(keys.find(KEY.header())).contains(KEY.key().toPublicJWK());
            assertThat(keys.find(KEY.header())).isPresent();
            assertThat(fetches).hasValue(1);
        }
    }

    @Test
    void aKeyThatIsNewIsFetched() throws IOException {
        try (KeyUrl keys = keys(LONG)) {
            keys.find(KEY.header());
            served = PipelineKey.set(KEY, NEXT);

            assertThat(keys.find(NEXT.header())).isPresent();
            assertThat(fetches).hasValue(2);
        }
    }

    @Test
    void forgedTasksDoNotHammerTheServer() throws IOException {
        try (KeyUrl keys = keys(LONG)) {
            assertThat(keys.find(NEXT.header())).isEmpty();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> keys.find(NEXT.header())).isInstanceOf(IOException.class);
            }

            assertThat(keys.find(KEY.header())).isPresent();
            assertThat(fetches.get()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aServerThatIsOutPermitsNothingUnlessItsKeysAreKnown() throws IOException {
        status = 503;
        try (KeyUrl keys = keys(LONG)) {
            assertThatThrownBy(() -> keys.find(KEY.header())).isInstanceOf(IOException.class);
            status = 200;
            assertThat(keys.find(KEY.header())).isPresent();
            status = 503;
            assertThat(keys.find(KEY.header())).isPresent();
        }
    }

    @Test
    void whatIsNoKeySetOrTooLargeIsNoKeys() {
        for (String unusable : new String[] {"<html>", "{\"keys\":[" + " ".repeat(300_000) + "]}"}) {
            served = unusable;
            try (KeyUrl keys = keys(LONG)) {
                assertThatThrownBy(() -> keys.find(KEY.header())).isInstanceOf(IOException.class);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private KeyUrl keys(KeyUrl.Freshness freshness) throws IOException {
        return new KeyUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json"), freshness);
    }
}
