package io.quittance.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.junit.WithHarness;
import io.quittance.streams.config.AppConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithHarness
class StartRefusedIT {
    @TempDir
    Path directory;

    @Test
    void everyMissingTopicAndEveryMisfitIsALine(KafkaCluster kafka) {
        kafka.createTopics(2, "misfit.requests", "misfit.decisions");
        kafka.createTopics(3, "misfit.completions", "misfit.limit-claims");

        StartRefused refused = refused(kafka, Map.of("topic.prefix", "misfit."));

        assertThat(refused.problems())
                .contains("misfit.audit: the topic does not exist; create it with: quittance topics apply")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("misfit.completions: it has 3 partitions, but misfit.requests has 2"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("misfit.limit-claims: it has 3 partitions")
                        .contains("quittance topics apply"))
                .noneMatch(line -> line.startsWith("misfit.decisions:"));
    }

    @Test
    void withoutATokenOnlyThisMachineMayLookRequestsUp(KafkaCluster kafka) {
        StartRefused refused = refused(kafka, Map.of("http.host", "0.0.0.0"));

        assertThat(refused.problems()).singleElement().asString().contains("http.host", "http.token.file");
    }

    @Test
    void anEmptyTokenIsNone(KafkaCluster kafka) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "\n");

        StartRefused refused = refused(kafka, Map.of("http.token.file", token.toString()));

        assertThat(refused.problems()).singleElement().asString().contains("is empty");
    }

    @Test
    void aPortThatIsTakenIsALine(KafkaCluster kafka) throws Exception {
        RealPipeline.createTopics(kafka, Topics.withPrefix("taken."), List.of(), 2);
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());

            StartRefused refused = refused(kafka, Map.of("topic.prefix", "taken.", "http.port", port));

            assertThat(refused.problems()).singleElement().asString().contains("http.port: " + port, "is taken");
        }
    }

    private StartRefused refused(KafkaCluster kafka, Map<String, String> more) {
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.put("schema.registry.url", "http://127.0.0.1:1");
        properties.put("application.id", "refused");
        properties.put("state.dir", directory.resolve("state").toString());
        properties.put("http.port", "0");
        properties.putAll(more);
        try (var app = new QuittanceApp(AppConfig.from(properties))) {
            return catchThrowableOfType(StartRefused.class, app::start);
        }
    }
}
