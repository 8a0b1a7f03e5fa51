package io.quittance.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.contract.Topics;
import io.quittance.streams.domain.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigTest {

    private static final Path REGIMES = Path.of("src/main/resources/regimes.yaml");

    private static final Map<String, String> LEAST =
            Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");

    @TempDir
    Path directory;

    @Test
    void takesDefaultsForAllButBrokersAndRegistry() {
        AppConfig config = AppConfig.from(LEAST);

        assertThat(config)
                .usingRecursiveComparison()
                .isEqualTo(new AppConfig(
                        "quittance",
                        null,
                        Topics.withPrefix("privacy."),
                        "default",
                        new HttpConfig("127.0.0.1", 8080, null),
                        new AppConfig.Processing(Path.of("quittance-state"), 2, 1, Duration.ofMillis(100)),
                        new StoreMemory(128L << 20, 32L << 20, 16L << 20, 4L << 20),
                        new SizeLimits(512 << 10, 900 << 10),
                        Duration.ofMillis(20),
                        true,
                        Duration.ofSeconds(10),
                        Settings.DEFAULTS.with(RegimesReader.builtIn()).tellingAfter(Duration.ofSeconds(1)),
                        new SignatureConfig(null, null, null, Duration.ofMinutes(1)),
                        null,
                        new ClientConfig(
                                Map.of("bootstrap.servers", "broker:9092"),
                                Map.of(),
                                Map.of("bootstrap.servers", "broker:9092"),
                                Map.of(
                                        "schema.registry.url",
                                        "http://registry:8081",
                                        "max.retries",
                                        "0",
                                        "http.connect.timeout.ms",
                                        "3000",
                                        "http.read.timeout.ms",
                                        "3000"))));
    }

    @Test
    void mapsEveryKey() {
        Map<String, String> values = new HashMap<>(LEAST);
        values.putAll(everyOptionalKey());
        assertThat(values.keySet()).isEqualTo(AppOptions.definition().names());

        AppConfig config = AppConfig.from(values);

        assertThat(config)
                .usingRecursiveComparison()
                .ignoringFields("clients")
                .isEqualTo(new AppConfig(
                        "acme",
                        "node-1:9000",
                        Topics.withPrefix("acme."),
                        "strict",
                        new HttpConfig("0.0.0.0", 9000, Path.of("/run/secrets/token")),
                        new AppConfig.Processing(Path.of("/data"), 3, 2, Duration.ofMillis(50)),
                        new StoreMemory(64L << 20, 16L << 20, 1000, 2000),
                        new SizeLimits(600_000, 700_000),
                        Duration.ofMillis(500),
                        false,
                        Duration.ofSeconds(7),
                        new Settings(
                                RegimesReader.read(REGIMES).only(Set.of("GDPR", "NONE")),
                                1,
                                2,
                                3,
                                Duration.ofHours(4),
                                5,
                                Duration.ofDays(6),
                                8,
                                Duration.ofSeconds(9),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(11),
                                Duration.ofSeconds(12),
                                Duration.ofHours(13),
                                Duration.ofMillis(14),
                                true),
                        new SignatureConfig(
                                Path.of("/etc/quittance/keys.json"), null, "approvers", Duration.ofSeconds(13)),
                        Path.of("/run/secrets/grants.jwk"),
                        config.clients()));
    }

    private static Map<String, String> everyOptionalKey() {
        return Map.ofEntries(
                Map.entry("application.id", "acme"),
                Map.entry("application.server", "node-1:9000"),
                Map.entry("topic.prefix", "acme."),
                Map.entry("policy.name", "strict"),
                Map.entry("http.host", "0.0.0.0"),
                Map.entry("http.port", "9000"),
                Map.entry("http.token.file", "/run/secrets/token"),
                Map.entry("state.dir", "/data"),
                Map.entry("num.stream.threads", "3"),
                Map.entry("num.standby.replicas", "2"),
                Map.entry("commit.interval.ms", "50"),
                Map.entry("punctuate.interval.ms", "500"),
                Map.entry("rocksdb.cache.mb", "64"),
                Map.entry("rocksdb.write.buffer.mb", "16"),
                Map.entry("store.cache.bytes", "1000"),
                Map.entry("docket.cache.bytes", "2000"),
                Map.entry("input.value.max.bytes", "600000"),
                Map.entry("stored.value.max.bytes", "700000"),
                Map.entry("dead.letter.payload", "omit"),
                Map.entry("reachable.systems.poll", "PT7S"),
                Map.entry("regimes", "GDPR, NONE"),
                Map.entry("regimes.file", REGIMES.toString()),
                Map.entry("subject.max.open.requests", "1"),
                Map.entry("request.max.identifier.bytes", "2"),
                Map.entry("early.max.per.subject", "3"),
                Map.entry("early.keep", "PT4H"),
                Map.entry("closed.max.per.subject", "5"),
                Map.entry("closed.keep", "P6D"),
                Map.entry("trail.max.entries", "8"),
                Map.entry("audit.progress.delay.ms", "14"),
                Map.entry("decisions.jwks", "/etc/quittance/keys.json"),
                Map.entry("decisions.signature", "required"),
                Map.entry("decisions.signature.issuer", "approvers"),
                Map.entry("decisions.signature.skew", "PT13S"),
                Map.entry("grant.signing.key", "/run/secrets/grants.jwk"),
                Map.entry("task.retry.base", "PT9S"),
                Map.entry("task.retry.max", "PT10M"),
                Map.entry("task.retry.order.wait", "PT13H"),
                Map.entry("system.unreachable.recheck", "PT11S"),
                Map.entry("grant.grace", "PT12S"));
    }

    @Test
    void handsClientKeysToWhomTheyBelong() {
        AppConfig config = AppConfig.from(with(Map.of(
                "security.protocol", "SASL_SSL",
                "consumer.max.poll.records", "17",
                "producer.batch.size", "131072",
                "admin.retries", "4",
                "streams.replication.factor", "3",
                "topic.min.insync.replicas", "2",
                "auto.register.schemas", "false")));

        assertThat(config.clients().kafka())
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9092"), Map.entry("security.protocol", "SASL_SSL"));
        assertThat(config.clients().forAdmin())
                .containsEntry("retries", "4")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.clients().serdes()).containsEntry("auto.register.schemas", "false");
        StreamsConfig streams = new StreamsConfig(config.toStreamsProperties());
        assertThat(streams.getMainConsumerConfigs("group", "client", 0)).containsEntry("max.poll.records", "17");
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("batch.size", "131072")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(streams.getInt("replication.factor")).isEqualTo(3);
        assertThat(streams.originalsWithPrefix("topic.")).containsEntry("min.insync.replicas", "2");
    }

    @Test
    void streamsRunExactlyOnceUnderTheirOwnName() {
        Properties streams = AppConfig.from(with(everyOptionalKey())).toStreamsProperties();

        assertThat(streams)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("group.protocol", "classic")
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("application.id", "acme")
                .containsEntry("application.server", "node-1:9000")
                .containsEntry("state.dir", "/data")
                .containsEntry("num.stream.threads", 3)
                .containsEntry("num.standby.replicas", 2)
                .containsEntry("commit.interval.ms", 50L)
                .containsEntry("statestore.cache.max.bytes", 1000L)
                .containsEntry(AppConfig.ROCKSDB_CACHE_BYTES, 64L << 20)
                .containsEntry(AppConfig.ROCKSDB_WRITE_BUFFER_BYTES, 16L << 20);
    }

    @Test
    void namesEveryMistakeOfAFileInALineOfItsOwn() throws IOException {
        Path file = write("bootstrap.servers=broker:9092\nhttp.prt=1\nhttp.port=many\nclosed.keep=soon\n");

        InvalidConfiguration refused = refusal(() -> AppConfig.load(file));

        assertThat(refused.problems())
                .containsExactlyInAnyOrder(
                        file + ": http.prt: there is no such key; did you mean http.port?",
                        file + ": http.port: its value does not fit: Not a number of type INT; for example 8080.",
                        file
                                + ": closed.keep: its value does not fit: must be a duration from PT0.001S to P36525D, ISO-8601;"
                                + " for example PT2160H.",
                        file + ": schema.registry.url: it is missing; set it. The schema registry, as Confluent's"
                                + " clients take it.");
        assertThat(refused).hasMessage(String.join(System.lineSeparator(), refused.problems()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boostrap.servers | did you mean bootstrap.servers?",
                "comsumer.max.poll.records | did you mean consumer.max.poll.records?",
                "streams.state.dir | set state.dir.",
                "zzz | CONFIGURATION.md lists those there are.",
                "streams.processing.guarantee | it is always exactly_once_v2; remove the key.",
                "consumer.isolation.level | it is always read_committed; remove the key.",
                "producer.acks | it is always all; remove the key.",
                "producer.max.request.size | it follows from the size of a stored value; remove the key."
            })
    void refusesAKeyThatIsUnknownOrNotForSetting(String key, String mend) {
        assertThat(refusal(() -> AppConfig.from(with(Map.of(key, "at_least_once"))))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("configuration: " + key + ": ")
                .endsWith(mend);
    }

    @ParameterizedTest
    @CsvSource({
        "num.stream.threads, 0",
        "http.port, 65536",
        "http.port, -1",
        "topic.prefix, a/b",
        "application.id, ''",
        "application.server, nowhere",
        "dead.letter.payload, maybe",
        "early.keep, -PT1S",
        "early.keep, PT0S",
        "regimes, ''",
        "rocksdb.write.buffer.mb, 129",
        "task.retry.base, PT11M",
        "decisions.signature, maybe",
        "decisions.signature, required",
        "decisions.signature.issuer, approvers",
        "decisions.signature.skew, PT0S",
        "decisions.jwks, ''",
        "decisions.jwks, http://keys.example.org/jwks.json",
        "decisions.jwks, http://127.0.0.1.example.org/jwks.json",
        "decisions.jwks, http://localhost@keys.example.org/jwks.json",
        "decisions.jwks, https://somebody:secret@keys.example.org/jwks.json",
        "decisions.jwks, https://",
        "request.max.identifier.bytes, 524289"
    })
    void refusesAValueOutOfBounds(String key, String value) {
        assertThat(refusal(() -> AppConfig.from(with(Map.of(key, value)))).problems())
                .singleElement()
                .asString()
                .startsWith("configuration: " + key + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://keys.example.org/jwks.json",
        "http://127.0.0.1:8200/jwks.json",
        "http://localhost/jwks.json",
        "http://[::1]:8200/jwks.json"
    })
    void takesKeysFromAUrl(String url) {
        assertThat(AppConfig.from(with(Map.of("decisions.jwks", url))).signatures())
                .isEqualTo(new SignatureConfig(null, URI.create(url), null, Duration.ofMinutes(1)));
    }

    @Test
    void saysHowToMendADemandThatNothingCanMeet() {
        assertThat(refusal(() -> AppConfig.from(with(Map.of("decisions.signature", "required"))))
                        .problems())
                .containsExactly("configuration: decisions.signature: without keys no signature can be checked and no"
                        + " decision could count. Set decisions.jwks, or remove it.");
    }

    @Test
    void refusesAKeyThatIsThereTwice() throws IOException {
        Path file = write("bootstrap.servers=a:1\nschema.registry.url=http://r\nbootstrap.servers=b:1\n");

        assertThat(refusal(() -> AppConfig.load(file)).problems())
                .containsExactly(file + ": bootstrap.servers: it is there more than once; keep one.");
    }

    @Test
    void saysThatAFileIsMissing() {
        Path file = directory.resolve("none.properties");

        assertThat(refusal(() -> AppConfig.load(file)).problems())
                .containsExactly(file + ": there is no such file; give the path of a properties file with --config.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "basic.auth.user.info",
                "schema.registry.ssl.key.password",
                "consumer.ssl.truststore.password"
            })
    void refusesASecretInTheOpenWithoutShowingIt(String key) {
        InvalidConfiguration refused = refusal(() -> AppConfig.from(with(Map.of(key, "hunter2"))));

        assertThat(refused.problems()).singleElement().asString().contains(key, "${file:PATH:KEY}");
        assertThat(refused).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.jaas.config | Login required username=\"${env:U}\" password=\"hunter2\";",
                "sasl.jaas.config | Login required username=\"${env:U}\" password=hunter2;",
                "sasl.jaas.config | Login required username=ops password=hunter2;",
                "sasl.jaas.config | Login required ?=hunter2;",
                "sasl.jaas.config | hunter2;",
                "sasl.jaas.config | Login required username=\"${env:U}\" password=\"${env:P}hunter2\";",
                "sasl.jaas.config | Login required clientId=\"${env:U}\" clientSecret=\"hunter2\";",
                "sasl.jaas.config | Login required id=\"${env:U}\" \"Password\"=\"hunter2\";",
                "sasl.jaas.config | Login required password=\"hunter2${env:P}",
                "consumer.sasl.jaas.config | Login required username=\"${env:U}\" password=\"hunter2\";",
                "ssl.keystore.password | hunter2${env:P}",
                "ssl.keystore.password | ${env:P} hunter2",
                "basic.auth.user.info | ${env:U}:hunter2",
                "basic.auth.user.info | hunter2${env:P}"
            })
    void refusesASecretInTheOpenWhateverIsAroundIt(String key, String value) {
        InvalidConfiguration refused = refusal(() -> AppConfig.from(with(Map.of(key, value))));

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith("configuration: " + key + ": a secret stands in the open");
        assertThat(refused).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@registry.example.org",
                "https://one.example.org,https://hunter2@two.example.org"
            })
    void refusesAPasswordInTheUrlOfTheRegistryWithoutShowingIt(String url) {
        InvalidConfiguration refused = refusal(() -> AppConfig.from(with(Map.of("schema.registry.url", url))));

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .contains("schema.registry.url", "basic.auth.user.info", "basic.auth.credentials.source");
        assertThat(refused).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic.auth.user.info", "schema.registry.basic.auth.user.info"})
    void saysWhereTheUserOfTheRegistryIs(String key) throws IOException {
        assertThat(AppConfig.from(with(Map.of(key, "ops:" + kept()))).clients().serdes())
                .containsEntry("basic.auth.credentials.source", "USER_INFO");
    }

    @ParameterizedTest
    @CsvSource({
        "basic.auth.credentials.source, SASL_INHERIT",
        "schema.registry.basic.auth.credentials.source, URL",
        "bearer.auth.credentials.source, STATIC_TOKEN"
    })
    void leavesASourceThatIsGiven(String source, String value) throws IOException {
        Map<String, Object> serdes = AppConfig.from(
                        with(Map.of(source, value, "basic.auth.user.info", "ops:" + kept())))
                .clients()
                .serdes();

        assertThat(serdes).containsEntry(source, value);
        assertThat(serdes.keySet())
                .filteredOn(key -> key.endsWith("auth.credentials.source"))
                .containsExactly(source);
    }

    @Test
    void namesNoSourceWithoutAUser() {
        assertThat(AppConfig.from(LEAST).clients().serdes()).doesNotContainKey("basic.auth.credentials.source");
    }

    @Test
    void takesANameInTheOpenBesideASecretThatIsNot() throws IOException {
        String reference = kept();

        AppConfig config = AppConfig.from(with(Map.of(
                "sasl.jaas.config", "Login required username=ops password=\"" + reference + "\" tokenauth=true;",
                "basic.auth.user.info", "ops:" + reference,
                "ssl.key.password", reference + reference)));

        assertThat(config.clients().kafka())
                .containsEntry("sasl.jaas.config", "Login required username=ops password=\"hunter3\" tokenauth=true;")
                .containsEntry("ssl.key.password", "hunter3hunter3");
        assertThat(config.clients().serdes()).containsEntry("basic.auth.user.info", "ops:hunter3");
    }

    @Test
    void takesSecretsFromWhereTheyAreKept() throws IOException {
        Path properties = directory.resolve("secrets.properties");
        Files.writeString(properties, "password=hunter2");
        Files.writeString(directory.resolve("keystore"), "hunter3");
        Map<String, String> environment = System.getenv();
        String variable = environment.containsKey("PATH")
                ? "PATH"
                : environment.keySet().iterator().next();

        AppConfig config = AppConfig.from(with(Map.of(
                "sasl.jaas.config", "Login required password=\"${file:" + properties + ":password}\";",
                "ssl.keystore.password", "${dir:" + directory + ":keystore}",
                "basic.auth.user.info", "${env:" + variable + "}")));

        assertThat(config.clients().kafka())
                .containsEntry("sasl.jaas.config", "Login required password=\"hunter2\";")
                .containsEntry("ssl.keystore.password", "hunter3");
        assertThat(config.clients().serdes()).containsEntry("basic.auth.user.info", environment.get(variable));
        assertThat(config.toString()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true"
                        + " keyTab=\"/etc/quittance.keytab\" principal=\"quittance@EXAMPLE.ORG\";",
                "software.amazon.msk.auth.iam.IAMLoginModule required;"
            })
    void takesALoginThatHasNoSecret(String login) {
        assertThat(AppConfig.from(with(Map.of("sasl.jaas.config", login)))
                        .clients()
                        .kafka())
                .containsEntry("sasl.jaas.config", login);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${file:/nowhere/secrets.properties:password}", "${env:QUITTANCE_UNSET}", "${vault:a:b}"})
    void refusesAReferenceThatLeadsNowhere(String reference) {
        assertThat(refusal(() -> AppConfig.from(with(Map.of("ssl.key.password", reference))))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("configuration: ssl.key.password: ");
    }

    /** A reference to a password. */
    private String kept() throws IOException {
        Files.writeString(directory.resolve("password"), "hunter3");
        return "${dir:" + directory + ":password}";
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("quittance.properties"), content);
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(LEAST);
        values.putAll(more);
        return values;
    }

    private static InvalidConfiguration refusal(ThrowingCallable load) {
        InvalidConfiguration refused = catchThrowableOfType(InvalidConfiguration.class, load);
        assertThat(refused).isNotNull();
        assertThat(List.copyOf(refused.problems()))
                .allMatch(line -> line.lines().count() == 1);
        return refused;
    }
}
