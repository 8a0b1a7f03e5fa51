package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.ExecutorConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class S3ExecutorPluginTest {
    private static final Map<String, String> LEAST = Map.of(
            "system", "archive",
            "kafka.bootstrap.servers", "127.0.0.1:1",
            "schema.registry.url", "http://127.0.0.1:1",
            "receipts.bucket", "receipts");

    @Test
    void isFoundByServiceLoading() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(S3ExecutorConnector.class);
    }

    @Test
    void documentsEveryOption() {
        assertThat(new S3ExecutorConnector().config().configKeys().values())
                .allSatisfy(option -> assertThat(option.documentation).isNotBlank());
    }

    @Test
    void keepsSecretsSecret() {
        assertThat(new S3ExecutorPlugin().options().configKeys().values())
                .filteredOn(option ->
                        option.name.matches(".*(password|secret|token|credential|jaas|user\\.info).*|.*\\.key"))
                .hasSize(4)
                .allMatch(option -> option.type == ConfigDef.Type.PASSWORD);
    }

    @Test
    void opensWithTheLeastConfiguration() {
        var config = new ExecutorConfig(new S3ExecutorPlugin(), LEAST);

        assertThat(ReceiptsLocation.parse(config)).isEqualTo(new ReceiptsLocation("receipts", "receipts/"));
    }

    @Test
    void refusesToGoWithoutReceipts() {
        Map<String, String> properties = new HashMap<>(LEAST);
        properties.remove("receipts.bucket");

        assertThatThrownBy(() -> new ExecutorConfig(new S3ExecutorPlugin(), properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("receipts.bucket");
    }

    @Test
    void refusesAPrefixThatIsNone() {
        Map<String, String> properties = new HashMap<>(LEAST);
        properties.put("receipts.prefix", "../up");

        assertThatThrownBy(() -> new ExecutorConfig(new S3ExecutorPlugin(), properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("receipts.prefix");
    }
}
