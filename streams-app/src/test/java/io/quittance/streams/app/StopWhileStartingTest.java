package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.config.AppConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StopWhileStartingTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoeverStopsDoesNotWaitForAStartThatWaitsForBrokers() throws Exception {
        // A broker that takes connections and never says a word.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var app = new QuittanceApp(config(silent.getLocalPort()))) {
            CompletableFuture<QuittanceApp> start = CompletableFuture.supplyAsync(app::start);
            silent.accept();

            app.close();

            assertThatThrownBy(() -> start.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StartRefused.class);
        }
    }

    private AppConfig config(int port) {
        return AppConfig.from(Map.of(
                "bootstrap.servers", "127.0.0.1:" + port,
                "schema.registry.url", "http://127.0.0.1:1",
                "application.id", "stopped",
                "state.dir", directory.toString(),
                "http.port", "0"));
    }
}
