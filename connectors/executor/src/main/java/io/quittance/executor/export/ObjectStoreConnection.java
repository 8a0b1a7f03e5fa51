package io.quittance.executor.export;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How to reach a server that speaks S3: a group of configuration keys under a common prefix such as {@code export.}.
 *
 * @param endpoint null for Amazon's own
 * @param region region to sign for
 * @param accessKey null, as the secret key, for the default credentials provider chain
 * @param secretKey null, as the access key, for the default credentials provider chain
 * @param pathStyle whether the bucket goes into the path instead of the host name
 */
public record ObjectStoreConnection(
        @Nullable URI endpoint,
        String region,
        @Nullable Password accessKey,
        @Nullable Password secretKey,
        boolean pathStyle) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Adds the keys below a prefix that ends in a dot. */
    public static ConfigDef define(ConfigDef config, String prefix, String group) {
        int order = 0;
        return config.define(
                        prefix + "endpoint",
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                ObjectStoreConnection::ensureAddress, () -> "an http or https address"),
                        Importance.MEDIUM,
                        "Address of the S3 server, such as https://s3.example.org:9000. Empty for Amazon's own.",
                        group,
                        ++order,
                        ConfigDef.Width.LONG,
                        "Endpoint")
                .define(
                        prefix + "allow.http",
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether an http: endpoint may be on another machine, where others could read along.",
                        group,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Allow plain HTTP")
                .define(
                        prefix + "region",
                        Type.STRING,
                        "us-east-1",
                        Importance.MEDIUM,
                        "Region of the bucket.",
                        group,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Region")
                .define(
                        prefix + "access.key",
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Access key. Empty, as the secret key, for the AWS default credentials provider chain.",
                        group,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Access key")
                .define(
                        prefix + "secret.key",
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Secret key. Give it through a ConfigProvider, never in the clear.",
                        group,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Secret key")
                .define(
                        prefix + "path.style",
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether the bucket is part of the path; most servers other than Amazon's want true.",
                        group,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Path style");
    }

    /**
     * Reads the keys that {@link #define} added.
     *
     * @throws ConfigException saying which key is wrong and how to mend it
     */
    public static ObjectStoreConnection parse(AbstractConfig config, String prefix) {
        Password accessKey = given(config.getPassword(prefix + "access.key"));
        Password secretKey = given(config.getPassword(prefix + "secret.key"));
        if ((accessKey == null) != (secretKey == null)) {
            throw new ConfigException(prefix + "access.key and " + prefix
                    + "secret.key belong together: set both, or neither for the default credentials chain");
        }
        return new ObjectStoreConnection(
                endpoint(config, prefix),
                ConfigText.required(config, prefix + "region"),
                accessKey,
                secretKey,
                config.getBoolean(prefix + "path.style"));
    }

    /** A client of its own; the caller closes it. */
    public S3Client open() {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .region(Region.of(region))
                .credentialsProvider(credentials())
                .forcePathStyle(pathStyle)
                // Trailing checksums are unknown to many servers. What is written here carries Content-MD5 instead.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(calls -> calls.retryStrategy(RetryMode.STANDARD)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .addExecutionInterceptor(new WholeBodies()));
        if (endpoint != null) {
            client.endpointOverride(endpoint);
        }
        return client.build();
    }

    private AwsCredentialsProvider credentials() {
        if (accessKey == null || secretKey == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey.value(), secretKey.value()));
    }

    private static @Nullable URI endpoint(AbstractConfig config, String prefix) {
        String text = config.getString(prefix + "endpoint").strip();
        if (text.isEmpty()) {
            return null;
        }
        URI endpoint = URI.create(text);
        if (endpoint.getScheme().equals("http")
                && !LOOPBACK.contains(endpoint.getHost())
                && !config.getBoolean(prefix + "allow.http")) {
            throw new ConfigException(
                    prefix + "endpoint",
                    text,
                    "personal data would travel in the clear: use https, or set " + prefix + "allow.http=true");
        }
        return endpoint;
    }

    private static void ensureAddress(String key, Object value) {
        String text = String.valueOf(value).strip();
        if (!text.isEmpty() && !isAddress(text)) {
            // The value is not repeated: it may have a password in it.
            throw new ConfigException(
                    key + " must be an http or https address with a host and without credentials in it");
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI endpoint = new URI(text);
            return ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                    && endpoint.getHost() != null
                    && endpoint.getUserInfo() == null;
        } catch (URISyntaxException noAddress) {
            return false;
        }
    }

    private static @Nullable Password given(@Nullable Password password) {
        return password == null || password.value().isEmpty() ? null : password;
    }
}
