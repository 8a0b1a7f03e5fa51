package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.harness.junit.WithHarness;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithHarness
class RegistryProcessIT {
    private static final String FIRST = schema("{\"name\":\"id\",\"type\":\"string\"}");
    private static final String OPTIONAL_FIELD_ADDED =
            schema("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}");
    private static final String REQUIRED_FIELD_ADDED =
            schema("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"must\",\"type\":\"string\"}");

    @Test
    void aRegisteredSchemaIsReadBackByItsId(RegistryProcess registry) throws IOException {
        var http = new LocalHttp(registry.url());
        var answer = register(http, "read-back-value", FIRST);

        int id = answer.json().path("id").asInt();

        assertThat(http.get("/schemas/ids/" + id).json().path("schema").asText())
                .contains("\"Thing\"");
    }

    @Test
    void aCompatibleSchemaIsTakenAndAnIncompatibleOneRefused(RegistryProcess registry) throws IOException {
        var http = new LocalHttp(registry.url());

        assertThat(register(http, "evolving-value", FIRST).status()).isEqualTo(200);
        assertThat(register(http, "evolving-value", OPTIONAL_FIELD_ADDED).status())
                .isEqualTo(200);
        assertThat(register(http, "evolving-value", REQUIRED_FIELD_ADDED).status())
                .isEqualTo(409);
    }

    private static LocalHttp.Answer register(LocalHttp http, String subject, String schema) throws IOException {
        return http.post("/subjects/%s/versions".formatted(subject), Map.of("schema", schema));
    }

    private static String schema(String fields) {
        return "{\"type\":\"record\",\"name\":\"Thing\",\"fields\":[%s]}".formatted(fields);
    }
}
