package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.harness.junit.WithHarness;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

@WithHarness
class S3ProcessIT {
    @Test
    void anObjectIsReadBackListedAndGoneOnceDeleted(S3Process s3) {
        s3.createBucket("round-trip");
        s3.createBucket("round-trip");
        var client = s3.client();
        client.putObject(it -> it.bucket("round-trip").key("a/b.txt"), RequestBody.fromString("content"));

        assertThat(client.getObjectAsBytes(it -> it.bucket("round-trip").key("a/b.txt"))
                        .asUtf8String())
                .isEqualTo("content");
        assertThat(client.listObjectsV2(it -> it.bucket("round-trip").prefix("a/"))
                        .contents())
                .hasSize(1);

        client.deleteObject(it -> it.bucket("round-trip").key("a/b.txt"));

        assertThatThrownBy(() ->
                        client.getObjectAsBytes(it -> it.bucket("round-trip").key("a/b.txt")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void aWrongSecretIsRefused(S3Process s3) {
        try (var stranger = S3Client.builder()
                .endpointOverride(URI.create(s3.endpoint()))
                .region(Region.of(S3Process.REGION))
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKey(), "wrong")))
                .build()) {
            assertThatThrownBy(stranger::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void theSecretIsNowhereOnDiskAndOnNoCommandLine(@TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory);
                var s3 = S3Process.start(reaper, S3Process.Options.defaults())) {
            try (var files = Files.walk(directory)) {
                assertThat(files.filter(Files::isRegularFile))
                        .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .doesNotContain(s3.secretKey()));
            }
            assertThat(ProcessHandle.current()
                            .children()
                            .map(child -> child.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains(s3.secretKey()));
        }
    }

    @Test
    void noProcessIsLeftAfterTheClose(@TempDir Path directory) throws Exception {
        try (var reaper = Reaper.hold(directory)) {
            ChildMark child;
            try (var s3 = S3Process.start(reaper, S3Process.Options.defaults())) {
                child = ChildMark.parse(
                        Files.readString(directory.resolve("children")).strip());
                assertThat(child.find()).isNotNull();
                assertThat(s3.endpoint()).startsWith("http://127.0.0.1:");
            }

            assertThat(child.find()).isNull();
        }
    }
}
