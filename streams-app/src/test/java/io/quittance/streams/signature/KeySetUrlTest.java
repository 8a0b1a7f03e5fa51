package io.quittance.streams.signature;

import static io.quittance.streams.signature.Signing.ADA;
import static io.quittance.streams.signature.Signing.NOW;
import static io.quittance.streams.signature.Signing.entry;
import static io.quittance.streams.signature.Signing.key;
import static io.quittance.streams.signature.Signing.keySet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quittance.streams.signature.KeySetUrl.Freshness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeySetUrlTest {
    private static final Freshness FRESHNESS = new Freshness(
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMillis(700));

    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Answer answer = exchange -> reply(exchange, 200, keySet(List.of(entry(ADA, "ada"))));
    private HttpServer server;
    private KeySetUrl keys;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer.to(exchange);
        });
        server.start();
        keys = new KeySetUrl(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"), FRESHNESS);
    }

    @AfterEach
    void stop() {
        over.countDown();
        keys.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesOnceForManyDecisions() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertThat(keys.find("ada-1", NOW.plusSeconds(i))).isPresent();
        }

        assertThat(fetches).hasValue(1);
    }

    @Test
    void findsARotatedKeyAtOnce() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        publish(entry(key("ada-2"), "ada"));

        assertThat(keys.find("ada-2", NOW.plusSeconds(10))).isPresent();
        assertThat(keys.find("ada-1", NOW.plusSeconds(11))).isEmpty();
    }

    @Test
    void aKeyTakenAwayIsGoneWhenTheKeysAreNoLongerFresh() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        publish(entry(key("bob-1"), "bob"));

        assertThat(keys.find("ada-1", NOW.plusSeconds(301))).isEmpty();
    }

    @Test
    void fetchesAheadInTheBackground() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();
        publish(entry(key("bob-1"), "bob"));

        assertThat(keys.find("ada-1", NOW.plusSeconds(250))).isPresent();

        await().untilAsserted(() ->
                assertThat(keys.find("ada-1", NOW.plusSeconds(251))).isEmpty());
    }

    @Test
    void unknownKeysDoNotHammerTheServer() throws IOException {
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.find("mallory-" + i, NOW.plusMillis(i))).isEmpty();
        }

        assertThat(fetches.get()).isLessThanOrEqualTo(2);
        assertThat(keys.find("ada-1", NOW.plusSeconds(1))).isPresent();
    }

    @Test
    void keysOutliveAnOutageForABoundedTime() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        answer = exchange -> reply(exchange, 503, "");

        assertThat(keys.find("ada-1", NOW.plusSeconds(600))).isPresent();
        assertThat(keys.find("other", NOW.plusSeconds(601))).isEmpty();
        assertThatThrownBy(() -> keys.find("ada-1", NOW.plus(Duration.ofHours(2))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keysOutliveWhatIsNoKeySet() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        answer = exchange -> reply(exchange, 200, "<html>");

        assertThat(keys.find("ada-1", NOW.plusSeconds(600))).isPresent();
    }

    /** What the new set does not list any more may be a stolen key. */
    @Test
    void aKeyIsGoneWithASetOfWhichNoneCanBeUsed() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        publish(key("bob-1").toJSONObject());

        assertThat(keys.find("ada-1", NOW.plusSeconds(600))).isEmpty();
    }

    @Test
    void aKeyIsGoneWithTheLastOfASet() throws IOException {
        assertThat(keys.find("ada-1", NOW)).isPresent();

        publish();

        assertThat(keys.find("ada-1", NOW.plusSeconds(600))).isEmpty();
    }

    @Test
    void aServerThatIsOutFromTheStartIsWaitedForAndThenGivenUpOnceForAll() {
        answer = exchange -> reply(exchange, 503, "");
        var patient = new PatientKeys(keys, Duration.ofMillis(600));

        assertThatThrownBy(() -> patient.find("ada-1", NOW)).isInstanceOf(IOException.class);
        int waited = fetches.get();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> patient.find("ada-1", NOW.plusMillis(600))).isInstanceOf(IOException.class);
        }

        assertThat(fetches.get()).isLessThanOrEqualTo(waited + 1).isLessThanOrEqualTo(3);
    }

    @Test
    void aServerThatComesUpMeanwhileIsWaitedFor() throws IOException {
        answer = exchange -> {
            reply(exchange, 503, "");
            publish(entry(ADA, "ada"));
        };

        assertThat(new PatientKeys(keys, Duration.ofSeconds(3)).find("ada-1", NOW))
                .isPresent();
    }

    @Test
    void aServerThatAnswersAByteAtATimeIsGivenUp() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitTheEnd();
        };

        assertUnavailable();
    }

    @Test
    void tooMuchIsNotRead() {
        answer = exchange -> reply(exchange, 200, " ".repeat(KeySet.MAX_LENGTH + 1));

        assertUnavailable();
    }

    @Test
    void aRedirectionIsNotFollowed() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/keys");
            reply(exchange, 302, "");
        };

        assertUnavailable();
        assertThat(fetches).hasValue(1);
    }

    private void assertUnavailable() {
        Instant at = NOW;
        assertThatThrownBy(() -> keys.find("ada-1", at)).isInstanceOf(IOException.class);
    }

    @SafeVarargs
    private void publish(java.util.Map<String, Object>... entries) {
        answer = exchange -> reply(exchange, 200, keySet(List.of(entries)));
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
