package io.quittance.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.export.ExportConfig;
import io.quittance.schema.DatasetOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorConfigTest {
    @TempDir
    private Path folder;

    @Test
    void defaultsAreWhatTheDocumentationSays() {
        ExecutorConfig config = config(Map.of());

        assertThat(config.topics().completions()).isEqualTo("privacy.completions");
        assertThat(config.threads()).isEqualTo(4);
        assertThat(config.window()).isEqualTo(64);
        assertThat(config.largestTask()).isEqualTo(1_048_576);
        assertThat(config.tries()).isEqualTo(3);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.longestRetryDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.clockSkew()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.revocationsTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.deadLetterPayload()).isTrue();
    }

    @Test
    void everyKeyIsReadFromItsName() {
        ExecutorConfig config = config(Map.of(
                "topics.prefix", "brand.",
                "executor.threads", "7",
                "executor.window", "9",
                "executor.task.max.bytes", "2048",
                "executor.tries", "2",
                "executor.retry.delay.ms", "11",
                "executor.retry.max.delay.ms", "12",
                "executor.clock.skew.ms", "13",
                "executor.revocations.timeout.ms", "140",
                "dead.letter.payload", "omit"));

        assertThat(config.topics().completions()).isEqualTo("brand.completions");
        assertThat(config.threads()).isEqualTo(7);
        assertThat(config.window()).isEqualTo(9);
        assertThat(config.largestTask()).isEqualTo(2048);
        assertThat(config.tries()).isEqualTo(2);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(11));
        assertThat(config.longestRetryDelay()).isEqualTo(Duration.ofMillis(12));
        assertThat(config.clockSkew()).isEqualTo(Duration.ofMillis(13));
        assertThat(config.revocationsTimeout()).isEqualTo(Duration.ofMillis(140));
        assertThat(config.deadLetterPayload()).isFalse();
    }

    @Test
    void clientPropertiesArePassedOnWithoutTheirPrefixAndRegistryKeysAsTheyAre() {
        ExecutorConfig config = config(Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.jaas.config", "login",
                "basic.auth.user.info", "user:password",
                "connection.password", "other"));

        assertThat(config.kafkaClient())
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9092"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "login"));
        assertThat(config.serdes())
                .containsOnly(
                        Map.entry("schema.registry.url", "http://registry:8081"),
                        Map.entry("basic.auth.user.info", "user:password"),
                        Map.entry("basic.auth.credentials.source", "USER_INFO"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "kafka.bootstrap.servers", "schema.registry.url"})
    void whatHasNoDefaultIsAskedFor(String key) {
        Map<String, String> properties = properties();
        properties.remove(key);

        assertThatThrownBy(() -> new ExecutorConfig(new NoPlugin(), properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void delaysThatDoNotGrowAreRefused() {
        assertThatThrownBy(() -> config(Map.of("executor.retry.delay.ms", "6000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("executor.retry.max.delay.ms must be greater");
    }

    @Test
    void whetherADeadLetterCarriesTheRecordIsSaidInSoManyWords() {
        assertThatThrownBy(() -> config(Map.of("dead.letter.payload", "none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("dead.letter.payload");
    }

    @Test
    void signaturesAreNotCheckedWithoutKeysAndDemandedWithThem() {
        assertThat(config(Map.of()).grantSignatures()).isEmpty();
        assertThat(config(Map.of("grant.jwks", "/etc/quittance/grants.json")).grantSignatures())
                .contains(new GrantSignatures(
                        Optional.of(Path.of("/etc/quittance/grants.json")), Optional.empty(), true));
        assertThat(config(Map.of("grant.jwks", "https://keys.example.org/g", "grant.signature", "optional"))
                        .grantSignatures())
                .contains(new GrantSignatures(
                        Optional.empty(), Optional.of(URI.create("https://keys.example.org/g")), false));
        assertThat(config(Map.of("grant.jwks", "http://[::1]:8080/g", "grant.signature", "required"))
                        .grantSignatures())
                .contains(new GrantSignatures(Optional.empty(), Optional.of(URI.create("http://[::1]:8080/g")), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "optional"})
    void signaturesWithoutKeysAreAContradiction(String signature) {
        assertThatThrownBy(() -> config(Map.of("grant.signature", signature)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("grant.signature: without grant.jwks no signature can be checked; set grant.jwks, or leave"
                        + " both out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example.org/g",
                "http://127.0.0.1.example.org/g",
                "http://localhost@keys.example.org/g",
                "https://somebody:hunter2@keys.example.org/g",
                "https://",
                "ftp://keys.example.org/g"
            })
    void keysComeFromWhereNobodyCouldChangeThemOnTheirWay(String place) {
        assertThatThrownBy(() -> config(Map.of("grant.jwks", place)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("grant.jwks: name a file, an https URL, or an http URL of this machine");
    }

    @Test
    void secretsAreOfTypePassword() {
        ConfigDef sharedAndExport = ExportConfig.define(ExecutorConfig.definition(new NoPlugin()));

        assertThat(sharedAndExport.configKeys().values())
                .filteredOn(key -> key.name.matches(".*(password|secret|token|credential|jaas|user\\.info).*|.*\\.key"))
                .hasSize(11)
                .allMatch(key -> key.type == ConfigDef.Type.PASSWORD);
    }

    @Test
    void everyOptionIsDocumented() {
        assertThat(ExecutorConfig.definition(new NoPlugin()).configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).endsWith("."));
    }

    @Test
    void pseudonymsComeFromTheKeyInTheFile() throws Exception {
        Path hex = Files.writeString(folder.resolve("hex"), "00".repeat(32) + "\n");
        Path base64 = Files.writeString(folder.resolve("base64"), "A".repeat(43) + "=");

        String pseudonym = pseudonyms(hex).of("anna");
        assertThat(pseudonym).hasSize(64).isEqualTo(pseudonyms(base64).of("anna"));
    }

    @Test
    void aKeyFileThatIsNoKeyIsRefusedWithoutBeingQuoted() throws IOException {
        assertKeyRefused(Files.writeString(folder.resolve("short"), "abcdef"), "at least 32");
        assertKeyRefused(Files.writeString(folder.resolve("text"), "not a key!"), "neither");
        assertKeyRefused(folder.resolve("missing"), "cannot be read");
    }

    private void assertKeyRefused(Path file, String message) {
        assertThatThrownBy(() -> pseudonyms(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pseudonym.key.file")
                .hasMessageContaining(message)
                .hasMessageNotContaining("not a key!")
                .hasMessageNotContaining("abcdef");
    }

    private static Pseudonyms pseudonyms(Path file) {
        return config(Map.of("pseudonym.key.file", file.toString())).pseudonyms();
    }

    private static ExecutorConfig config(Map<String, String> changed) {
        Map<String, String> properties = properties();
        properties.putAll(changed);
        return new ExecutorConfig(new NoPlugin(), properties);
    }

    private static Map<String, String> properties() {
        return new HashMap<>(Map.of(
                "system", "shop",
                "kafka.bootstrap.servers", "broker:9092",
                "schema.registry.url", "http://registry:8081"));
    }

    /** A plugin without options. */
    private static final class NoPlugin implements ExecutorPlugin {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public ConfigDef options() {
            return new ConfigDef();
        }

        @Override
        public DataSystem createSystem(ExecutorConfig config, Clock clock) {
            return new DataSystem() {
                @Override
                public List<DatasetOutcome> execute(Work work) {
                    return List.of();
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }
    }
}
