package io.quittance.streams.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.quittance.contract.ContractSchemas;
import io.quittance.contract.TopicCatalogue;
import io.quittance.contract.TopicSpec;
import io.quittance.contract.Topics;
import io.quittance.streams.codec.CommandReader;
import io.quittance.streams.codec.DocketCodec;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.LimitCodec;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.codec.UnreadableRowException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/** Records from every input topic, documents, and rows of the stores. */
class RecordFuzzTest {
    private static final String SCOPE = "fuzz";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://" + SCOPE);
    private static final Topics TOPICS = Topics.withPrefix("privacy.");
    private static final int MOST = 512 * 1024;

    private static final CommandReader COMMANDS = new CommandReader(REGISTRY, MOST);
    private static final ReferenceReader DOCUMENTS = new ReferenceReader(REGISTRY);
    private static final DocketCodec DOCKETS = new DocketCodec();
    private static final LimitCodec LIMITS = new LimitCodec();

    /** The first byte says which topic it comes from. */
    @FuzzTest(maxDuration = "3m")
    void aRecordIsUnderstoodOrMakesNoSense(byte[] input) {
        if (input.length > 0) {
            InputTopic[] topics = InputTopic.values();
            InputTopic topic = topics[Byte.toUnsignedInt(input[0]) % topics.length];
            String name = topic.in(TOPICS);
            COMMANDS.read(topic, name, encoded(name, input));
        }
    }

    @FuzzTest(maxDuration = "3m")
    void aDocumentIsTakenOrRefused(byte[] input) {
        if (input.length > 0) {
            try {
                switch (Byte.toUnsignedInt(input[0]) % 4) {
                    case 0 -> DOCUMENTS.policy(TOPICS.policies(), "a", encoded(TOPICS.policies(), input));
                    case 1 -> DOCUMENTS.system(TOPICS.systems(), "a", encoded(TOPICS.systems(), input));
                    case 2 -> DOCUMENTS.limit(TOPICS.limits(), "a", encoded(TOPICS.limits(), input));
                    default -> DOCUMENTS.freeze(TOPICS.freezes(), "a", encoded(TOPICS.freezes(), input));
                }
            } catch (SerializationException | InvalidRecordException refused) {
                // Declared.
            }
        }
    }

    @FuzzTest(maxDuration = "3m")
    void aRowIsReadOrIsUnreadable(byte[] input) {
        try {
            DOCKETS.read(input);
        } catch (UnreadableRowException declared) {
            // Declared.
        }
        try {
            DocketCodec.header(input);
        } catch (UnreadableRowException declared) {
            // Declared.
        }
        try {
            LIMITS.readEntry(input);
        } catch (UnreadableRowException declared) {
            // Declared.
        }
        try {
            LIMITS.readStart(input);
        } catch (UnreadableRowException declared) {
            // Declared.
        }
    }

    /** In the registry's format, so that not every input ends at its first byte. */
    private static byte[] encoded(String topic, byte[] input) {
        try {
            int id = MockSchemaRegistry.getClientForScope(SCOPE)
                    .register(ContractSchemas.subject(topic), new AvroSchema(ContractSchemas.of(spec(topic))));
            return ByteBuffer.allocate(4 + input.length)
                    .put((byte) 0)
                    .putInt(id)
                    .put(input, 1, input.length - 1)
                    .array();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static TopicSpec spec(String topic) {
        return TopicCatalogue.all().stream()
                .filter(spec -> topic.equals("privacy." + spec.name()))
                .findFirst()
                .orElseThrow();
    }
}
