package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quittance.contract.ContractSchemas;
import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TopicCatalogue;
import io.quittance.contract.Topics;
import io.quittance.harness.KafkaCluster;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.junit.WithHarness;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.RequestState;
import io.quittance.schema.Submission;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.KafkaConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which the command line touches a real broker and a real registry. */
@WithHarness
class CommandLineIT {

    private static final String POLICY = "src/test/resources/documents/policy.yaml";
    private static final String LIMITS = "src/test/resources/documents/limits.yaml";
    private static final String SYSTEMS = "src/test/resources/documents/systems.yaml";

    private final CliFixture cli;
    private final ContractLog log;
    private final Topics topics = Topics.withPrefix("cli-it.");
    private final String bootstrapServers;
    private final Map<String, String> settings;

    CommandLineIT(KafkaCluster kafka, RegistryProcess registry) {
        bootstrapServers = kafka.bootstrapServers();
        KafkaConnector connector = new KafkaConnector(Clock.systemUTC());
        cli = new CliFixture(connector, Clock.systemUTC());
        cli.environment.put("QUITTANCE_BOOTSTRAP_SERVERS", bootstrapServers);
        cli.environment.put("QUITTANCE_SCHEMA_REGISTRY_URL", registry.url());
        cli.environment.put("QUITTANCE_PREFIX", topics.prefix());
        settings = Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registry.url());
        log = connector.log(new Connection(settings, topics), warning -> {});
    }

    @Test
    void aPipelineIsSetUpARequestIsMadeDecidedAndReadInTheAudit() throws IOException {
        cli.environment.put("QUITTANCE_PREFIX", "cli-story.");
        Topics story = Topics.withPrefix("cli-story.");

        run("topics", "apply", "--partitions", "3", "--system", "shop");
        run("systems", "apply", SYSTEMS);
        assertThat(cli.err).contains("cli-story.tasks.search").doesNotContain("cli-story.tasks.shop");
        run("topics", "apply", "--json");
        assertThat(cli.out.lines())
                .hasSize(18)
                .allSatisfy(line -> assertThat(line).contains("\"differences\":[]"));
        run("policy", "apply", POLICY);
        assertThat(cli.out).contains("version 1 created");
        run("policy", "apply", POLICY);
        assertThat(cli.out).contains("version 1 unchanged");

        run("policy", "remove", "default", "--yes");
        assertThat(cli.run("policy", "show", "default")).isEqualTo(ExitCode.NOT_FOUND);
        run("policy", "apply", POLICY);
        assertThat(cli.out).contains("version 2 created");
        run("policy", "history", "default", "--json");
        assertThat(cli.out.lines()).hasSize(2).first().asString().contains("\"version\":2");
        run("policy", "diff", "default", "1", "2");

        cli.input = "customer_id: '42'\n";
        run(
                "request",
                "submit",
                "--subject",
                "subject-1",
                "--action",
                "DELETE",
                "--regime",
                "GDPR",
                "--purpose",
                "account-closure",
                "--identifiers-file",
                "-",
                "--json");
        String request = json().get("request_id").textValue();
        assertThat(written(story.requests(), RequestEvent.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getRequestId()).isEqualTo(request);
                    assertThat(((Submission) event.getBody()).getIdentifiers().getPlain())
                            .containsEntry("customer_id", "42");
                });

        // The application's part, written by hand.
        log.append(story.approvals(), request, Samples.prompt(request));
        log.append(
                story.audit(),
                request,
                Samples.audit(request, RequestState.AWAITING_APPROVAL, false, 1).build());
        run("approvals", "list", "--json");
        assertThat(json().get("request_id").textValue()).isEqualTo(request);
        run("decide", "approve", request, "--group", "privacy-officers", "--reason", "identity checked");
        assertThat(written(story.decisions(), DecisionEvent.class))
                .singleElement()
                .satisfies(decision -> assertThat(decision.getPlanSha256()).isEqualTo(Samples.HASH));
        log.append(story.audit(), request, Samples.story(request));

        run("request", "watch", request, "--timeout", "30s");
        assertThat(cli.out).contains("AWAITING_APPROVAL", "FULFILLED");
        run("request", "show", request);
        assertThat(cli.out).contains("State       FULFILLED");
        run("audit", "list", "--json");
        assertThat(json().get("state").textValue()).isEqualTo("FULFILLED");
        run("audit", "tail", "--from-beginning", "--max", "2", "--timeout", "30s");
        assertThat(cli.out.lines()).hasSize(2);
    }

    @Test
    void aTopicThatDiffersIsReportedAndStaysAsItIs() {
        cli.environment.put("QUITTANCE_PREFIX", "cli-differs.");
        run("topics", "apply", "--partitions", "2");

        assertThat(cli.run("topics", "apply", "--partitions", "3")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.out).contains("partitions is 2, not 3");
        run("topics", "apply");
    }

    @Test
    void onceTopicsAreAppliedNobodyNeedsToRegisterASchema() throws IOException, RestClientException {
        cli.environment.put("QUITTANCE_PREFIX", "cli-schemas.");
        Topics ours = Topics.withPrefix("cli-schemas.");
        run("topics", "apply", "--partitions", "1", "--system", "shop", "--dry-run", "--json");
        assertThat(cli.out.lines()).allSatisfy(line -> assertThat(line).contains("\"schema\":\"missing\""));

        run("topics", "apply", "--partitions", "1", "--system", "shop", "--json");
        assertThat(cli.out.lines()).allSatisfy(line -> assertThat(line).contains("\"schema\":\"registered\""));

        Map<String, Object> strict = new HashMap<>(settings);
        strict.putAll(Map.of(
                "auto.register.schemas", false, "use.latest.version", false, "avro.remove.java.properties", true));
        try (var serializer = new KafkaAvroSerializer();
                var registry = SchemaRegistryClientFactory.newClient(
                        settings.get("schema.registry.url"), 100, List.of(), Map.of(), Map.of())) {
            serializer.configure(strict, false);
            for (Topics.Topic topic : ours.all(List.of("shop"))) {
                assertThat(registry.getAllSubjects()).contains(topic.name() + "-value");
                assertThat(serializer.serialize(topic.name(), any(topic.spec().value())))
                        .as(topic.name())
                        .isNotEmpty();
            }
            assertThatThrownBy(() -> serializer.serialize("cli-schemas.other", Samples.story("r-1")))
                    .isInstanceOf(SerializationException.class);
            registry.deleteSubject(ours.notifications() + "-value");
            registry.register(
                    ours.notifications() + "-value", new AvroSchema(ContractSchemas.of(TopicCatalogue.TASKS)));
        }

        run("topics", "apply", "--system", "shop", "--json", "--no-schemas");
        assertThat(cli.run("topics", "apply", "--system", "shop", "--json")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.out.lines().filter(line -> line.contains("\"schema\":\"exists\"")))
                .hasSize(16);
        assertThat(cli.err).contains("cli-schemas.notifications-value", "Nothing was altered");
    }

    @Test
    void aRequestIsLookedUpInItsPartitionOfManyAndTombstonesCount() {
        run("topics", "apply", "--partitions", "7");
        for (int i = 0; i < 10; i++) {
            log.append(topics.approvals(), "r-" + i, Samples.prompt("r-" + i));
        }
        tombstone(topics.approvals(), "r-3");

        for (int i = 0; i < 10; i++) {
            assertThat(cli.run("approvals", "show", "r-" + i)).isEqualTo(i == 3 ? ExitCode.NOT_FOUND : ExitCode.OK);
        }
        run("approvals", "list", "--json");
        assertThat(cli.out.lines()).hasSize(9);
    }

    @Test
    void aRecordThatCannotBeReadIsLeftOutAndTold() {
        cli.environment.put("QUITTANCE_PREFIX", "cli-garbage.");
        Topics garbage = Topics.withPrefix("cli-garbage.");
        run("topics", "apply", "--partitions", "1");
        send(garbage.audit(), "r-0", "not avro".getBytes(StandardCharsets.UTF_8));
        send(garbage.audit(), "r-0", new byte[] {0, 0, 15, 66, 64, 1});
        log.append(garbage.audit(), "r-1", Samples.story("r-1"));

        run("audit", "list", "--json");

        assertThat(cli.out.lines()).hasSize(1);
        assertThat(cli.err.lines())
                .containsExactly(
                        "A record cannot be read: topic cli-garbage.audit, partition 0, offset 0.",
                        "A record cannot be read: topic cli-garbage.audit, partition 0, offset 1.");
    }

    @Test
    void whatStoodUnderAKeyDoesNotStandForARecordThatCannotBeRead() {
        cli.environment.put("QUITTANCE_PREFIX", "cli-unreadable.");
        Topics unreadable = Topics.withPrefix("cli-unreadable.");
        byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
        run("topics", "apply", "--partitions", "3");
        run("freeze", "apply", "incident-7", "--system", "shop", "--reason", "wrong rows");
        run("limits", "apply", LIMITS);
        send(unreadable.freezes(), "incident-7", garbage);
        send(unreadable.limits(), "exports", garbage);

        run("freeze", "list");
        assertThat(cli.out)
                .contains("incident-7", "everything (cannot be read)")
                .doesNotContain("shop");
        assertThat(cli.err)
                .contains("A record cannot be read: topic cli-unreadable.freezes", "key 'incident-7'")
                .doesNotContain("Left out");
        run("freeze", "lift", "incident-7");
        run("freeze", "list");
        assertThat(cli.err).contains("Nothing is frozen.");

        run("limits", "apply", LIMITS);
        assertThat(cli.out).contains("shop-deletes version 1 unchanged").containsPattern("exports version \\d updated");
        run("limits", "apply", LIMITS);
        assertThat(cli.out).containsPattern("exports version \\d unchanged");
    }

    @Test
    void ofTwoWhoPublishAtOnceTheSecondFollowsUnderTheNextVersion() throws IOException {
        Topics once = Topics.withPrefix("cli-at-once.");
        CliFixture second = new CliFixture(
                new SlippedIn(new KafkaConnector(Clock.systemUTC()), once.policies(), "default@2", () -> apply("20m")),
                Clock.systemUTC());
        cli.environment.put("QUITTANCE_PREFIX", once.prefix());
        second.environment.putAll(cli.environment);
        run("topics", "apply", "--partitions", "3");
        apply("30m");

        second.input = policy("10m");
        assertThat(second.run("policy", "apply", "-")).as(second.err).isZero();

        assertThat(cli.out).isEqualTo("default version 2 updated\n");
        assertThat(second.out).isEqualTo("default version 3 updated\n");
        run("policy", "show", "default", "--version", "2");
        assertThat(cli.out).contains("window: 20m");
        assertThat(log.lookUp(once.policies(), "default@2", PolicyDocument.class))
                .as("the history")
                .hasValueSatisfying(policy -> assertThat(policy.getRules())
                        .anySatisfy(rule -> assertThat(rule.getWindowMs()).isEqualTo(20 * 60_000)));
        run("policy", "show", "default");
        assertThat(cli.out).contains("window: 10m");
    }

    @Test
    void onlyWhatIsCommittedIsSeen() {
        cli.environment.put("QUITTANCE_PREFIX", "cli-committed.");
        Topics committed = Topics.withPrefix("cli-committed.");
        run("topics", "apply", "--partitions", "1");
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "transactional.id", "cli-committed"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(committed.audit(), "r-1", bytes(committed.audit(), "r-1")));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(committed.audit(), "r-2", bytes(committed.audit(), "r-2")));
            // What was never sent could not be seen anyway.
            producer.flush();
            producer.abortTransaction();
        }

        run("audit", "list", "--json");

        assertThat(cli.out.lines()).singleElement().asString().contains("\"request_id\":\"r-1\"");
    }

    @Test
    void topicsThatAreMissingAreNotMadeByChance() {
        cli.environment.put("QUITTANCE_PREFIX", "cli-missing.");

        assertThat(submit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err).contains("'cli-missing.requests'", "quittance topics apply");
        assertThat(cli.run("audit", "list")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(submit()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void whatDoesNotAnswerIsNamed(@TempDir Path folder) throws IOException {
        run("topics", "apply");
        log.append(topics.audit(), "r-unread", Samples.story("r-unread"));
        Path config = Files.writeString(
                folder.resolve("c.properties"),
                "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\nmax.retries=0\n");

        assertThat(cli.run(
                        "audit", "list", "--schema-registry-url", "http://127.0.0.1:1", "--config", config.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err).contains("schema registry does not answer", "--schema-registry-url");

        assertThat(cli.run("audit", "list", "--bootstrap-server", "127.0.0.1:1", "--config", config.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err).contains("Kafka does not answer", "--bootstrap-server");
        assertThat(cli.run("topics", "apply", "--bootstrap-server", "127.0.0.1:1", "--config", config.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err).contains("Kafka does not answer");
        cli.environment.put("QUITTANCE_PREFIX", "cli-unregistered.");
        assertThat(cli.run(
                        "topics",
                        "apply",
                        "--schema-registry-url",
                        "http://127.0.0.1:1",
                        "--config",
                        config.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err).contains("schema registry does not answer", "--no-schemas");
        assertThat(cli.run("audit", "list")).as("nothing was created").isEqualTo(ExitCode.NOT_FOUND);
    }

    /** The topic is looked at before anything is sent to it. */
    @Test
    void whatWasNeverSentIsNotSaidToBePerhapsThere(@TempDir Path folder) throws IOException {
        Path config = Files.writeString(
                folder.resolve("c.properties"), "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n");

        assertThat(submit("--bootstrap-server", "127.0.0.1:1", "--config", config.toString()))
                .isEqualTo(ExitCode.FAILURE);

        assertThat(cli.err).contains("Kafka does not answer").doesNotContain("It is not known");
    }

    private int submit(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "request", "submit", "--subject", "s", "--action", "ACCESS", "--regime", "GDPR", "--purpose", "x"));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private void apply(String window) {
        cli.input = policy(window);
        run("policy", "apply", "-");
    }

    private static String policy(String window) {
        try {
            return Files.readString(Path.of(POLICY)).replace("30m", window);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void run(String... arguments) {
        int exitCode = cli.run(arguments);
        assertThat(exitCode).as(String.join(" ", arguments) + "\n" + cli.err).isZero();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(cli.out);
    }

    private <T extends SpecificRecord> List<T> written(String topic, Class<T> type) {
        List<T> values = new ArrayList<>();
        log.scan(topic, type, entry -> values.add(entry.value()));
        return values;
    }

    /** Any value of a type, made by Avro. */
    private static Object any(Class<? extends SpecificRecord> type) throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema)
                .write(new RandomData(schema, 1, 42L).iterator().next(), encoder);
        encoder.flush();
        return new SpecificDatumReader<>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }

    private byte[] bytes(String topic, String request) {
        try (var serde = ContractSerdes.of(AuditRecord.class, settings)) {
            return serde.serializer().serialize(topic, Samples.story(request));
        }
    }

    private void tombstone(String topic, String key) {
        send(topic, key, null);
    }

    private void send(String topic, String key, byte[] value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }
}
