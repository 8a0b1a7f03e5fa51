package io.quittance.executor.s3;

import static org.awaitility.Awaitility.await;

import io.quittance.harness.child.ParentWatch;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An S3 server that keeps versions (S3Mock, which checks no signatures), in a JVM of its own. */
final class VersionedS3 implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "versioned-s3");

    private final Process process;
    private final String endpoint;

    private VersionedS3(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static VersionedS3 start() throws IOException, URISyntaxException {
        int port = freePort();
        Path objects = Files.createTempDirectory(DIRECTORY, "objects");
        Path watch = Path.of(ParentWatch.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        watch + ":" + DIRECTORY.resolve("server.jar"),
                        ParentWatch.class.getName(),
                        "org.springframework.boot.loader.launch.JarLauncher",
                        "--server.port=0",
                        "--http.port=" + port,
                        "--com.adobe.testing.s3mock.store.root=" + objects))
                .redirectErrorStream(true)
                .redirectOutput(DIRECTORY.resolve("server.log").toFile());
        var server = new VersionedS3(command.start(), "http://127.0.0.1:" + port);
        await("the versioned S3 server answers")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(server::answers);
        return server;
    }

    String endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the versioned S3 server ended: see " + DIRECTORY.resolve("server.log"));
        }
        var connection = (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
