package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.TaskFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportConfigTest {
    @Test
    void defaultsToAmazonsOwnServerAndCredentialsChain() {
        assertThat(ExportConfig.parse(config(Map.of("export.bucket", "exports"))))
                .contains(new ExportConfig(
                        new ObjectStoreConnection(null, "us-east-1", null, null, false),
                        "exports",
                        "",
                        "",
                        "",
                        8 * 1024 * 1024));
    }

    @Test
    void readsEveryKey() {
        Map<String, String> all = Map.ofEntries(
                Map.entry("export.endpoint", "https://s3.example.org:9000"),
                Map.entry("export.allow.http", "true"),
                Map.entry("export.region", "eu-central-1"),
                Map.entry("export.access.key", "access"),
                Map.entry("export.secret.key", "secret"),
                Map.entry("export.path.style", "true"),
                Map.entry("export.bucket", "exports"),
                Map.entry("export.prefix", "brand/2026/"),
                Map.entry("export.encryption", "aws:kms"),
                Map.entry("export.encryption.kms.key.id", "key-1"),
                Map.entry("export.part.bytes", "6000000"));

        assertThat(all.keySet()).isEqualTo(ExportConfig.define(new ConfigDef()).names());
        assertThat(ExportConfig.parse(config(all)))
                .contains(new ExportConfig(
                        new ObjectStoreConnection(
                                URI.create("https://s3.example.org:9000"),
                                "eu-central-1",
                                new Password("access"),
                                new Password("secret"),
                                true),
                        "exports",
                        "brand/2026/",
                        "aws:kms",
                        "key-1",
                        6_000_000));
    }

    @Test
    void hidesTheSecretWhenPrinted() {
        Map<String, String> secret = Map.of(
                "export.bucket", "exports", "export.access.key", "tell-tale-1", "export.secret.key", "tell-tale-2");

        assertThat(ExportConfig.parse(config(secret)).toString()).doesNotContain("tell-tale");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export.endpoint         | ftp://host",
                "export.endpoint         | https://user:pass@host",
                "export.endpoint         | not an address",
                "export.endpoint         | http://s3.example.org",
                "export.prefix           | no-slash",
                "export.prefix           | ../up/",
                "export.prefix           | /root/",
                "export.prefix           | a b/",
                "export.access.key       | alone",
                "export.secret.key       | alone",
                "export.region           | ''",
                "export.encryption       | rot13",
                "export.encryption.kms.key.id | key-without-kms",
                "export.part.bytes       | 1024",
            })
    void refusesAMistakeAndNamesItsKey(String key, String value) {
        assertThatThrownBy(() -> ExportConfig.parse(config(Map.of("export.bucket", "exports", key, value))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("user:pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000", "http://localhost:9000", "https://s3.example.org"})
    void takesPlainHttpOnlyOnThisMachine(String endpoint) {
        assertThat(ExportConfig.parse(config(Map.of("export.bucket", "exports", "export.endpoint", endpoint))))
                .isPresent();
    }

    @Test
    void refusesDocumentsWhereNoBucketIsConfigured() {
        try (ExportStore store = ExportConfig.openStore(config(Map.of()))) {
            assertThatThrownBy(() -> store.write(
                            "request/crm.json",
                            json -> {
                                throw new AssertionError("the writer must not read anything");
                            },
                            () -> {}))
                    .isInstanceOfSatisfying(
                            TaskFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("EXPORT_NOT_CONFIGURED"));
        }
    }

    private static AbstractConfig config(Map<String, String> properties) {
        return new AbstractConfig(ExportConfig.define(new ConfigDef()), new HashMap<>(properties), false);
    }
}
