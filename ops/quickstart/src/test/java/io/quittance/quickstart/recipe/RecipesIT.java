package io.quittance.quickstart.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quittance.quickstart.SharedStack;
import io.quittance.quickstart.party.Connection;
import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Channel;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Plan;
import io.quittance.schema.PlannedSystem;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.RequestState;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each recipe as it stands in the document, against everything real, from a request to its evidence. */
@ExtendWith(SharedStack.class)
class RecipesIT {
    private static final String NEVER_COMMITTED = "written in a transaction that was aborted";
    private static final int MORE_THAN_ONE_POLL = 600;

    private final Path directory;
    private final Connection connection;
    private final List<Customer> customers;

    RecipesIT(SharedStack.Running running) {
        this.directory = running.directory();
        this.connection = running.stack().connection();
        this.customers = running.stack().customers();
    }

    @Test
    void inJavaARequestIsPublishedApprovedAndReadToItsEnd() throws Exception {
        play(Language.java(), customers.get(customers.size() - 1));
    }

    @Test
    void inJavaScriptARequestIsPublishedApprovedAndReadToItsEnd() throws Exception {
        assumeTrue(
                Language.installed("node", "npm"),
                "SKIPPED: the recipes in JavaScript are not tried, because node and npm are not on the PATH");
        play(Language.node(), customers.get(customers.size() - 2));
    }

    @Test
    void inJavaThePromptThatStandsIsDecidedAndNoneThatIsAnswered() throws Exception {
        playOverAnAnsweredPrompt(Language.java(), customers.get(customers.size() - 3));
    }

    @Test
    void inJavaScriptThePromptThatStandsIsDecidedAndNoneThatIsAnswered() throws Exception {
        assumeTrue(Language.installed("node", "npm"), "SKIPPED: node and npm are not on the PATH");
        playOverAnAnsweredPrompt(Language.node(), customers.get(customers.size() - 4));
    }

    private void play(Language language, Customer customer) throws IOException, InterruptedException {
        String kafka = connection.bootstrapServers();
        String registry = connection.registryUrl();

        String identifiers = "{\"customer_id\": \"%s\"}".formatted(customer.customerId());
        String request = language.run(Recipe.PUBLISH_REQUEST, identifiers, kafka, registry, customer.subjectId())
                .strip();
        abortAnAuditRecord(request, customer.subjectId());

        approveAndRead(language, request);
    }

    private void playOverAnAnsweredPrompt(Language language, Customer customer)
            throws IOException, InterruptedException, ExecutionException {
        String request = UUID.randomUUID().toString();
        leaveAnAnsweredPrompt(request, customer.subjectId());
        publish(request, customer);

        approveAndRead(language, request);
    }

    private void approveAndRead(Language language, String request) throws IOException, InterruptedException {
        String kafka = connection.bootstrapServers();
        String registry = connection.registryUrl();

        String plan = language.run(Recipe.APPROVE, "", kafka, registry, request, "ada", newKeyOf("ada"));
        assertThat(plan).isEqualTo("ACCESS in shop: contact, demographic, financial, identity, purchases\n");

        String audit = language.run(Recipe.READ_AUDIT, "", kafka, registry, request);
        assertThat(audit)
                .contains("FULFILLED: ", "APPROVE by ada, counted: true, vouched for by SIGNATURE", "shop: DONE")
                .containsPattern("orders: EXPORTED \\d+ sha256 [0-9a-f]{64}\\n")
                .doesNotContain(NEVER_COMMITTED);
    }

    /** Makes a key, and puts its public part where the running application looks for it. */
    private String newKeyOf(String approver) throws IOException {
        Path file = directory.resolve(UUID.randomUUID() + ".jwk");
        SigningKey key = SigningKey.generate();
        key.store(file);
        Path next = directory.resolve("decision-keys.next");
        Files.writeString(next, "{\"keys\": [" + key.publicEntry(List.of(approver)) + "]}");
        Files.move(next, directory.resolve("decision-keys.json"), StandardCopyOption.REPLACE_EXISTING);
        return file.toString();
    }

    /** A reader that does not ask for committed records would take this for the end of the request. */
    private void abortAnAuditRecord(String request, String subject) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", connection.bootstrapServers(),
                "schema.registry.url", connection.registryUrl(),
                "transactional.id", "recipes-" + request);
        var values = new KafkaAvroSerializer();
        values.configure(config, false);
        try (var producer = new KafkaProducer<String, Object>(config, new StringSerializer(), values)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(connection.topics().audit(), request, closedRecord(request, subject)));
            producer.flush();
            producer.abortTransaction();
        }
    }

    /** What a topic holds until it is compacted; more is between the two than a client returns at once. */
    private void leaveAnAnsweredPrompt(String request, String subject) throws InterruptedException, ExecutionException {
        String topic = connection.topics().approvals();
        try (var producer = connection.producer(ApprovalPrompt.class)) {
            int partition = producer.send(new ProducerRecord<>(topic, request, otherPrompt(request, subject)))
                    .get()
                    .partition();
            producer.send(new ProducerRecord<>(topic, request + "-unread", unreadablePrompt(subject)))
                    .get();
            for (int other = 0; other < MORE_THAN_ONE_POLL; other++) {
                var unused = producer.send(new ProducerRecord<>(topic, partition, request + "-" + other, null));
            }
            producer.send(new ProducerRecord<>(topic, request, null)).get();
        }
    }

    /** Nobody's business here: it must not stop those who look for another. */
    private static ApprovalPrompt unreadablePrompt(String subject) {
        ApprovalPrompt prompt = otherPrompt("unread", subject);
        prompt.setSubmittedAt(Instant.ofEpochMilli(Long.MAX_VALUE)); // no number in JavaScript
        return prompt;
    }

    private void publish(String request, Customer customer) throws InterruptedException, ExecutionException {
        var submission = Submission.newBuilder()
                .setAction(Action.ACCESS)
                .setRegime("GDPR")
                .setRequester(new Requester(RequesterType.STAFF, "staff-7", List.of("support"), null, null, "managed"))
                .setPurpose("ticket-4711")
                .setChannel(Channel.INTERNAL_CALL)
                .setScope(new Scope(List.of("shop"), List.of()))
                .setIdentifiers(new Identifiers(Map.of("customer_id", customer.customerId()), null))
                .build();
        String subject = customer.subjectId();
        var event = new RequestEvent(UUID.randomUUID().toString(), request, subject, Instant.now(), submission);
        try (var producer = connection.producer(RequestEvent.class)) {
            producer.send(new ProducerRecord<>(connection.topics().requests(), subject, event))
                    .get();
        }
    }

    /** About something that nobody asks any more. */
    private static ApprovalPrompt otherPrompt(String request, String subject) {
        Instant now = Instant.now();
        var plan = Plan.newBuilder()
                .setAction(Action.DELETE)
                .setSystems(List.of(new PlannedSystem("archive", 1, 0, List.of("files"), List.of("contact"))))
                .setPolicy("answered")
                .setPolicyVersion(1)
                .setRule("answered")
                .setWindowMs(1)
                .build();
        return ApprovalPrompt.newBuilder()
                .setRequestId(request)
                .setSubjectId(subject)
                .setRegime("GDPR")
                .setRequesterType(RequesterType.STAFF)
                .setRequesterId("staff-7")
                .setPurpose("ticket-4711")
                .setPlan(plan)
                .setPlanSha256("0".repeat(64))
                .setGroup("support-leads")
                .setNeeded(1)
                .setReasonRequired(true)
                .setHashRequired(true)
                .setSubmittedAt(now)
                .setAskedAt(now)
                .setAnswerBy(now)
                .build();
    }

    private static AuditRecord closedRecord(String request, String subject) {
        Instant now = Instant.now();
        return AuditRecord.newBuilder()
                .setRequestId(request)
                .setSubjectId(subject)
                .setAction(Action.ACCESS)
                .setRegime("GDPR")
                .setRequesterType(RequesterType.STAFF)
                .setRequesterId("staff-7")
                .setPurpose("ticket-4711")
                .setChannel(Channel.INTERNAL_CALL)
                .setScope(new Scope(List.of(), List.of()))
                .setState(RequestState.FAILED)
                .setClosed(true)
                .setCode("ABORTED")
                .setReason(NEVER_COMMITTED)
                .setSubmittedAt(now)
                .setReceivedAt(now)
                .setUpdatedAt(now)
                .setRevision(1)
                .build();
    }
}
