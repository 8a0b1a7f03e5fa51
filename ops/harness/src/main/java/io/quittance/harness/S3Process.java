package io.quittance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * An S3 server (S3Proxy over a folder) that checks signatures. It keeps no versions: what is deleted is gone. Address
 * buckets by path; the region is {@value #REGION}.
 */
public final class S3Process implements AutoCloseable {
    /** What clients must be configured with. */
    public static final String REGION = "us-east-1";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Reaper reaper;
    private final Process process;
    private final String endpoint;
    private final String accessKey;
    private final String secretKey;
    private final S3Client client;

    private S3Process(Reaper reaper, Process process, String endpoint, String accessKey, String secretKey) {
        this.reaper = reaper;
        this.process = process;
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    /**
     * What a server is to look like.
     *
     * @param port where it listens
     */
    public record Options(ListenPort port) {
        public static Options defaults() {
            return new Options(ListenPort.any());
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed);
        }
    }

    /**
     * Starts the server over {@code s3/objects} in the directory held, with keys made for this run, and returns when it
     * answers.
     *
     * @throws HarnessException when the port is taken or the server does not come up
     */
    public static S3Process start(Reaper reaper, Options options) {
        Path directory = Directories.create(reaper.directory().resolve("s3"));
        int port = options.port().claim("the S3 server");
        String endpoint = "http://%s:%d".formatted(ListenPort.HOST, port);
        String accessKey = Secrets.generate();
        String secretKey = Secrets.generate();
        Path configuration = writeConfiguration(directory, endpoint, accessKey, secretKey);
        writeLogging(directory);

        var jvm = new ChildJvm(
                "s3",
                directory,
                directory.resolve("logging") + ":" + Bundle.S3.unpacked().resolve("*"),
                "org.gaul.s3proxy.Main",
                "128m",
                List.of("--properties", configuration.getFileName().toString()),
                // Keys become file names, and in the C locale a JVM 17 cannot write any but ASCII ones.
                Map.of("LC_ALL", "C.UTF-8"));
        Process process = jvm.start(reaper);
        try {
            var http = new LocalHttp(endpoint);
            Awaiting.until("the S3 server answers", START_LIMIT, () -> {
                jvm.requireAlive(process);
                return http.get("/").status() > 0;
            });
            // Read by now; no secret stays on disk.
            Files.delete(configuration);
            return new S3Process(reaper, process, endpoint, accessKey, secretKey);
        } catch (IOException e) {
            ChildJvm.stop(reaper, process);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            ChildJvm.stop(reaper, process);
            throw e;
        }
    }

    /** URL without a path. */
    public String endpoint() {
        return endpoint;
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    /** A client with this server's keys, shared: closed together with the server. */
    public S3Client client() {
        return client;
    }

    /** Makes the bucket unless it is there. */
    public void createBucket(String name) {
        try {
            client.createBucket(request -> request.bucket(name));
        } catch (BucketAlreadyOwnedByYouException keptFromEarlierRun) {
            // What was asked for.
        }
    }

    @Override
    public void close() {
        client.close();
        ChildJvm.stop(reaper, process);
    }

    private static Path writeConfiguration(Path directory, String endpoint, String accessKey, String secretKey) {
        Path objects = Directories.create(directory.resolve("objects"));
        return Directories.writeSecret(
                directory.resolve("s3proxy.conf"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(endpoint, accessKey, secretKey, objects));
    }

    /** Without it, every request is logged in full, object names included. */
    private static void writeLogging(Path directory) {
        try {
            Path logging = Files.createDirectories(directory.resolve("logging"));
            Files.writeString(logging.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d %-5level %logger - %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
