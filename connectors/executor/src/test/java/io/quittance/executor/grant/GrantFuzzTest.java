package io.quittance.executor.grant;

import static io.quittance.executor.grant.PipelineKey.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.quittance.contract.ContractSchemas;
import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TopicCatalogue;
import io.quittance.executor.Given;
import io.quittance.executor.TaskFailure;
import io.quittance.executor.run.DeliveredRecord;
import io.quittance.executor.run.TaskReader;
import io.quittance.schema.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;

/** What an executor takes from others before it acts: records, signatures and key sets. */
class GrantFuzzTest {
    private static final String SCOPE = "executor-fuzz";
    private static final String TOPIC = TOPICS.tasks("shop");
    private static final PipelineKey KEY = PipelineKey.named("2026");
    private static final Path KEYS = file(PipelineKey.set(KEY));
    private static final Path ANY_KEYS = file("");
    private static final SignedTasks SIGNATURES = signatures();
    private static final TaskReader READER = new TaskReader(
            ContractSerdes.of(Task.class, Map.of("schema.registry.url", "mock://" + SCOPE))
                    .deserializer(),
            "fuzz",
            true,
            Clock.fixed(Given.NOW, ZoneOffset.UTC));

    @FuzzTest(maxDuration = "3m")
    void aRecordIsATaskOrADeadLetter(byte[] input) throws InterruptedException {
        var delivered = new DeliveredRecord(TOPIC, 0, 0, 0, input, encoded(input));
        if (READER.read(delivered).isEmpty()) {
            READER.deadLetter(delivered);
        }
    }

    @FuzzTest(maxDuration = "3m")
    void noTextSignsATask(byte[] input) {
        Task task = Given.task();
        task.setSignature(new String(input, UTF_8));
        try {
            SIGNATURES.ensureGenuine(task);
        } catch (TaskFailure refused) {
            return;
        }
        throw new AssertionError("it counts as signed");
    }

    @FuzzTest(maxDuration = "3m")
    void aKeySetIsTakenOrRefused(byte[] input) {
        try {
            Files.write(ANY_KEYS, input);
            new KeyFile(ANY_KEYS).find(KEY.header());
        } catch (IOException refused) {
            // Declared.
        }
    }

    /** In the registry's format, so that not every input ends at its first byte. */
    private static byte[] encoded(byte[] input) {
        try {
            int id = MockSchemaRegistry.getClientForScope(SCOPE)
                    .register(ContractSchemas.subject(TOPIC), new AvroSchema(ContractSchemas.of(TopicCatalogue.TASKS)));
            return ByteBuffer.allocate(5 + input.length)
                    .put((byte) 0)
                    .putInt(id)
                    .put(input)
                    .array();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SignedTasks signatures() {
        try {
            return SignedTasks.withKeysIn(KEYS, true, TOPICS);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Path file(String content) {
        try {
            Path file = Files.createTempFile("keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
