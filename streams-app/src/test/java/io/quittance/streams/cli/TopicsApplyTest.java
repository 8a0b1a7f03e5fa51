package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSchemas;
import io.quittance.contract.TopicCatalogue;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.kafka.TopicAdmin.ExistingTopic;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicsApplyTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void everyTopicOfTheCatalogueIsCreatedWithTheTaskTopicsOfTheSystems() {
        assertThat(cli.run("topics", "apply", "--partitions", "6", "--replication-factor", "3", "--system", "shop"))
                .isZero();

        assertThat(cli.pipeline.topics).hasSize(TopicCatalogue.all().size()).containsKey("privacy.tasks.shop");
        assertThat(cli.pipeline.topics.get("privacy.requests").partitions()).isEqualTo(6);
        assertThat(cli.pipeline.topics.get("privacy.policies").partitions()).isEqualTo(1);
        assertThat(cli.pipeline.topics.get("privacy.requests").configs())
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("cleanup.policy", "delete");
        assertThat(cli.out).contains("privacy.requests", "created");
    }

    @Test
    void applyingAgainChangesNothing() {
        cli.run("topics", "apply");
        Map<String, ExistingTopic> before = Map.copyOf(cli.pipeline.topics);

        assertThat(cli.run("topics", "apply")).isZero();

        assertThat(cli.pipeline.topics).isEqualTo(before);
        assertThat(cli.out).contains("exists").doesNotContain("created");
    }

    @Test
    void systemsOfTheDataMapGetTheirTopicsWithThePartitionsOfTheOthers() {
        cli.run("topics", "apply", "--partitions", "5");
        cli.pipeline.topics.keySet().removeIf(name -> name.contains(".tasks."));
        cli.pipeline.put("privacy.systems", "crm", entry("crm"));
        cli.pipeline.put("privacy.systems", "gone", entry("gone"));
        cli.pipeline.put("privacy.systems", "gone", null);

        assertThat(cli.run("topics", "apply")).isZero();

        assertThat(cli.pipeline.topics.get("privacy.tasks.crm").partitions()).isEqualTo(5);
        assertThat(cli.pipeline.topics).doesNotContainKey("privacy.tasks.gone");
    }

    @Test
    void aTopicThatDiffersIsReportedAndLeftAlone() {
        cli.run("topics", "apply");
        Map<String, String> configs =
                new HashMap<>(cli.pipeline.topics.get("privacy.audit").configs());
        configs.put("cleanup.policy", "delete");
        ExistingTopic wrong = new ExistingTopic(12, 1, configs);
        cli.pipeline.topics.put("privacy.audit", wrong);
        cli.pipeline.topics.put(
                "privacy.decisions",
                new ExistingTopic(
                        3, 1, cli.pipeline.topics.get("privacy.decisions").configs()));

        assertThat(cli.run("topics", "apply", "--partitions", "12")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out).contains("cleanup.policy is delete, not compact", "partitions is 3, not 12");
        assertThat(cli.err)
                .contains("2 of " + (TopicCatalogue.all().size() - 1) + " topics differ", "kafka-configs.sh");
        assertThat(cli.pipeline.topics.get("privacy.audit")).isEqualTo(wrong);
    }

    @Test
    void aDryRunCreatesNothing() {
        assertThat(cli.run("topics", "apply", "--dry-run", "--json")).isZero();

        assertThat(cli.pipeline.topics).isEmpty();
        assertThat(cli.out.lines().findFirst())
                .contains(
                        "{\"topic\":\"privacy.requests\",\"partitions\":12,\"status\":\"missing\",\"schema\":\"missing\",\"differences\":[]}");
        assertThat(cli.pipeline.schemas).isEmpty();
    }

    @Test
    void everySchemaIsRegisteredOnceUnderItsTopicsSubject() {
        assertThat(cli.run("topics", "apply", "--system", "shop")).isZero();

        assertThat(cli.out).contains("registered");
        assertThat(cli.pipeline.schemas)
                .hasSize(TopicCatalogue.all().size())
                .containsEntry("privacy.requests-value", ContractSchemas.of(TopicCatalogue.REQUESTS))
                .containsEntry("privacy.tasks.shop-value", ContractSchemas.of(TopicCatalogue.TASKS));
        assertThat(cli.run("topics", "apply", "--json")).isZero();
        assertThat(cli.out.lines()).allSatisfy(line -> assertThat(line).contains("\"schema\":\"exists\""));
    }

    @Test
    void aSchemaThatIsNotCompatibleIsReportedAndLeftAlone() {
        Schema other = Schema.create(Schema.Type.LONG);
        cli.pipeline.schemas.put("privacy.audit-value", other);

        assertThat(cli.run("topics", "apply")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out).contains("incompatible");
        assertThat(cli.err).contains("privacy.audit-value", "Nothing was altered");
        assertThat(cli.pipeline.schemas)
                .containsEntry("privacy.audit-value", other)
                .hasSize(TopicCatalogue.all().size() - 1);
    }

    @Test
    void schemasCanBeLeftOut() {
        assertThat(cli.run("topics", "apply", "--no-schemas")).isZero();

        assertThat(cli.out).contains("left out");
        assertThat(cli.err).isEmpty();
        assertThat(cli.pipeline.schemas).isEmpty();
        assertThat(cli.pipeline.topics).isNotEmpty();
    }

    @Test
    void withoutARegistryTheTopicsAreMadeAndOneNoteSaysWhatIsNot() {
        cli.environment.remove("QUITTANCE_SCHEMA_REGISTRY_URL");

        assertThat(cli.run("topics", "apply")).isZero();

        assertThat(cli.err.lines()).singleElement().asString().contains("--schema-registry-url");
        assertThat(cli.pipeline.topics).isNotEmpty();
    }

    @Test
    void aSystemThatCannotBeCalledThatIsRefused() {
        assertThat(cli.run("topics", "apply", "--system", "Shop")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.pipeline.topics).isEmpty();
    }

    private static SystemEntry entry(String system) {
        return SystemEntry.newBuilder()
                .setSystem(system)
                .setVersion(1)
                .setActions(List.of())
                .setDatasets(List.of())
                .setPublishedAt(Instant.EPOCH)
                .setPublishedBy("x")
                .build();
    }
}
