package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration shown to people works. */
class ReadmeExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    private final JdbcExecutorConnector connector = new JdbcExecutorConnector();

    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "../../README.md"})
    void theExampleConfigurationIsValid(Path readme) throws IOException {
        assertThat(connector.validate(example(readme)).configValues())
                .flatExtracting(ConfigValue::errorMessages)
                .isEmpty();
    }

    private Map<String, String> example(Path readme) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (MatchResult block :
                EXAMPLE.matcher(Files.readString(readme)).results().toList()) {
            JsonNode config = json.readTree(block.group(1)).path("config");
            if (config.path("connector.class")
                    .asText()
                    .equals(connector.getClass().getName())) {
                return json.convertValue(config, new TypeReference<Map<String, String>>() {});
            }
        }
        throw new AssertionError("no example of this connector in " + readme);
    }
}
