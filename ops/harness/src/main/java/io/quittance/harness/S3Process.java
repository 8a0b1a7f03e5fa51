package io.quittance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final Process process;
    private final String endpoint;
    private final Keys keys;
    private final S3Client client;

    private S3Process(Reaper reaper, Process process, String endpoint, Keys keys) {
        this.reaper = reaper;
        this.process = process;
        this.endpoint = endpoint;
        this.keys = keys;
        this.client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
                .build();
    }

    /**
     * What a server is to look like.
     *
     * @param port where it listens
     * @param site where it runs
     * @param keys those of an earlier start, for a restart that clients do not notice; null for new ones
     */
    public record Options(
            ListenPort port, Site site, @Nullable Keys keys) {
        public static Options defaults() {
            return new Options(ListenPort.any(), Site.here(), null);
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed, site, keys);
        }

        public Options withSite(Site changed) {
            return new Options(port, changed, keys);
        }

        public Options withKeys(Keys changed) {
            return new Options(port, site, changed);
        }
    }

    /** What clients sign with. */
    public record Keys(String accessKey, String secretKey) {
        public static Keys generate() {
            return new Keys(Secrets.generate(), Secrets.generate());
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "Keys";
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
        int port = options.site().claim(options.port(), "the S3 server");
        String endpoint = "http://%s:%d".formatted(options.site().host(), port);
        Keys earlier = options.keys();
        Keys keys = earlier == null ? Keys.generate() : earlier;
        Path configuration = writeConfiguration(directory, endpoint, keys);

        var jvm = new ChildJvm(
                        "s3",
                        directory,
                        ServerLogging.in(directory) + ":" + Bundle.S3.unpacked().resolve("*"),
                        "org.gaul.s3proxy.Main",
                        "128m",
                        List.of("--properties", configuration.getFileName().toString()),
                        // Keys become file names, and in the C locale a JVM 17 cannot write any but ASCII ones.
                        Map.of("LC_ALL", "C.UTF-8"))
                .at(options.site())
                .withKeptLog(earlier != null);
        Process process = jvm.start(reaper);
        try {
            var http = new LocalHttp(endpoint);
            Awaiting.until("the S3 server answers", START_LIMIT, () -> {
                jvm.requireAlive(process);
                return http.get("/").status() > 0;
            });
            // Read by now; no secret stays on disk.
            Files.delete(configuration);
            return new S3Process(reaper, process, endpoint, keys);
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
        return keys.accessKey();
    }

    public String secretKey() {
        return keys.secretKey();
    }

    /** The server's. */
    public Process process() {
        return process;
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

    private static Path writeConfiguration(Path directory, String endpoint, Keys keys) {
        Path objects = Directories.create(directory.resolve("objects"));
        return Directories.writeSecret(directory.resolve("s3proxy.conf"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(
                        endpoint, keys.accessKey(), keys.secretKey(), objects));
    }
}
