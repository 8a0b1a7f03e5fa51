package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Completion;
import io.quittance.schema.Identifiers;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractSerdesTest {

    private static final String SCOPE = "contract-serdes";
    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://" + SCOPE);

    @Test
    void aRequestComesBackAsItWasWithInstantsAndStrings() {
        RequestEvent request = request();
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            byte[] bytes = serde.serializer().serialize("t.requests", request);

            RequestEvent back = serde.deserializer().deserialize("t.requests", bytes);

            assertThat(back).isEqualTo(request);
            assertThat(back.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T10:15:30.123Z"));
            assertThat(back.getBody()).isInstanceOf(Submission.class);
        }
    }

    @Test
    void theBytesOfARequestStayTheSame() {
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            byte[] bytes = serde.serializer().serialize("t.requests", request());

            String withoutSchemaId = HexFormat.of().formatHex(bytes, 5, bytes.length);
            assertThat(withoutSchemaId)
                    .isEqualTo(
                            "4830623966386630632d366333612d346630652d396636652d316636663266366630303031" // event_id
                                    + "4830623966386630632d366333612d346630652d396636652d316636663266366630303032" // request_id
                                    + "127375626a6563742d31" // subject_id
                                    + "96f9aa8e9567" // occurred_at
                                    + "00" // body is a Submission
                                    + "06" // DELETE
                                    + "0847445052" // GDPR
                                    + "02127375626a6563742d3100000000" // requester
                                    + "1e6163636f756e742d636c6f73757265" // purpose
                                    + "00" // channel
                                    + "020873686f700000" // scope
                                    + "0216637573746f6d65725f6964043432000000");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void anyValueOfAnyTopicSurvivesTheRoundTrip(Class<T> type) throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        try (var serde = ContractSerdes.of(type, CONFIG)) {
            for (Object random : new RandomData(schema, 20, 42L)) {
                byte[] written = encode(SCOPE, "t.any", schema, random);

                byte[] once = serde.serializer()
                        .serialize("t.any", serde.deserializer().deserialize("t.any", written));
                byte[] twice = serde.serializer()
                        .serialize("t.any", serde.deserializer().deserialize("t.any", once));

                // Compared as bytes: equals() of Avro's lists fails on nullable instants inside them.
                assertThat(twice).isNotEmpty().isEqualTo(once);
                assertThat(once).hasSameSizeAs(written);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "feffffff0f", // event_id claims to be two gigabytes long
        "fcffffffffffffffff01", // and here, longer than any number of bytes there can be
    })
    void aDamagedLengthIsUnreadableAndAsksForNoMemory(String damage) {
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            byte[] whole = serde.serializer().serialize("t.requests", request());
            byte[] length = HexFormat.of().parseHex(damage);
            byte[] damaged = Arrays.copyOf(whole, 5 + length.length);
            System.arraycopy(length, 0, damaged, 5, length.length);

            assertThatThrownBy(() -> serde.deserializer().deserialize("t.requests", damaged))
                    .isInstanceOf(SerializationException.class);
        }
    }

    /** Whoever may register a schema chooses what is skipped: it must not take a stack or a time without bound. */
    @ParameterizedTest
    @MethodSource("schemasWithoutBound")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void bytesOfASchemaWithoutBoundAreUnreadable(String type, byte[] field) throws IOException {
        byte[] bytes = requestWithOneMore(type, field);
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t.requests", bytes))
                    .isInstanceOf(SerializationException.class);
        }
    }

    static List<Arguments> schemasWithoutBound() {
        String withinItself = "{'type':'record','name':'Within','fields':[{'name':'next','type':['null','Within']}]}";
        byte[] levels = new byte[400_000];
        Arrays.fill(levels, (byte) 2);
        byte[] mostItems = HexFormat.of().parseHex("feffffffffffffffff01");
        return List.of(
                Arguments.of(withinItself, levels),
                Arguments.of("{'type':'array','items':'null'}", mostItems),
                Arguments.of("{'type':'array','items':{'type':'record','name':'Nothing','fields':[]}}", mostItems),
                Arguments.of("{'type':'array','items':{'type':'fixed','name':'Nothing','size':0}}", mostItems),
                Arguments.of(doubling(28), new byte[0]));
    }

    @Test
    void aFieldOfALaterVersionIsSkipped() throws IOException {
        byte[] bytes = requestWithOneMore("['null',{'type':'array','items':'string'}]", new byte[] {2, 2, 2, 'x', 0});
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            assertThat(serde.deserializer().deserialize("t.requests", bytes)).isEqualTo(request());
        }
    }

    /** A record with the next one twice, and so on: as many nulls as two to that power, and not one byte. */
    private static String doubling(int levels) {
        String type = "'null'";
        for (int level = levels; level > 0; level--) {
            String first = type;
            String second = level == levels ? type : "'Twice" + (level + 1) + "'";
            type = "{'type':'record','name':'Twice" + level + "','fields':[{'name':'a','type':" + first
                    + "},{'name':'b','type':" + second + "}]}";
        }
        return type;
    }

    private static byte[] requestWithOneMore(String type, byte[] field) throws IOException {
        Schema more = withOneMore(SpecificData.get().getSchema(RequestEvent.class), type.replace('\'', '"'));
        int id = register(SCOPE, "t.requests-with-" + Math.abs(type.hashCode()), more);
        byte[] request;
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            request = serde.serializer().serialize("t.requests", request());
        }
        return ByteBuffer.allocate(request.length + field.length)
                .put((byte) 0)
                .putInt(id)
                .put(request, 5, request.length - 5)
                .put(field)
                .array();
    }

    private static Schema withOneMore(Schema schema, String type) {
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .collect(Collectors.toCollection(ArrayList::new));
        fields.add(new Schema.Field("later", new Schema.Parser().parse(type)));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    /** Compared as text, documentation included: so does a registry when it is asked whether it has a schema. */
    @ParameterizedTest
    @MethodSource("specs")
    void theSchemaInTheRegistryIsTheOneInTheFileAndNotMarkedForJava(TopicSpec spec) throws Exception {
        String topic = "t.registered-" + spec.value().getSimpleName();
        register(spec.value(), topic);

        var registered =
                MockSchemaRegistry.getClientForScope(SCOPE).getLatestSchemaMetadata(ContractSchemas.subject(topic));
        assertThat(registered.getSchema())
                .isEqualTo(new AvroSchema(ContractSchemas.of(spec)).canonicalString())
                .doesNotContain("avro.java");
    }

    @Test
    void aTombstoneStaysATombstone() {
        try (var serde = ContractSerdes.of(AuditRecord.class, CONFIG)) {
            assertThat(serde.serializer().serialize("t.audit", null)).isNull();
            assertThat(serde.deserializer().deserialize("t.audit", null)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void bytesThatAreNoSuchRecordAreUnreadableForGood(byte[] bytes) {
        try (var serde = ContractSerdes.of(Completion.class, CONFIG)) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t.completions", bytes))
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void anotherRecordOnTheTopicIsUnreadableForGood() {
        try (var requests = ContractSerdes.of(RequestEvent.class, CONFIG);
                var completions = ContractSerdes.of(Completion.class, CONFIG)) {
            byte[] bytes = requests.serializer().serialize("t.completions", request());

            assertThatThrownBy(() -> completions.deserializer().deserialize("t.completions", bytes))
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void aRegistryThatIsDownIsNotTheBytesFault() throws IOException {
        HttpServer registry = answering(200, "{}");
        String address = address(registry);
        registry.stop(0);

        assertThatThrownBy(() -> readAgainst(address)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "503, '{\"error_code\":50301,\"message\":\"starting\"}'",
        "401, ''",
        "404, '<html>some other server</html>'",
        "200, 'not json'"
    })
    void aRegistryThatDoesNotServeUsIsNotTheBytesFault(int status, String body) throws IOException {
        HttpServer registry = answering(status, body);
        try {
            assertThatThrownBy(() -> readAgainst(address(registry))).isInstanceOf(RegistryUnavailableException.class);
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void aRegistryThatDoesNotKnowTheSchemaSettlesIt() throws IOException {
        HttpServer registry = answering(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        try {
            assertThatThrownBy(() -> readAgainst(address(registry))).isInstanceOf(SerializationException.class);
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void withoutARegistryAddressThereIsNoSerde() {
        assertThatThrownBy(() -> ContractSerdes.of(Completion.class, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    static List<Class<? extends SpecificRecord>> types() {
        return TopicCatalogue.all().stream()
                .<Class<? extends SpecificRecord>>map(TopicSpec::value)
                .toList();
    }

    static List<TopicSpec> specs() {
        return TopicCatalogue.all();
    }

    static List<byte[]> garbage() {
        return List.of(
                new byte[] {},
                new byte[] {1, 2, 3},
                "not avro at all".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0, 15, 66, 64, 1, 2, 3},
                truncated(),
                overlongNumber());
    }

    private static byte[] truncated() {
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            byte[] whole = serde.serializer().serialize("t.completions", request());
            return Arrays.copyOf(whole, whole.length / 2);
        }
    }

    private static byte[] overlongNumber() {
        try (var serde = ContractSerdes.of(RequestEvent.class, CONFIG)) {
            byte[] bytes = serde.serializer().serialize("t.completions", request());
            Arrays.fill(bytes, 5, 25, (byte) 0xff);
            return bytes;
        }
    }

    private static RequestEvent request() {
        return RequestEvent.newBuilder()
                .setEventId("0b9f8f0c-6c3a-4f0e-9f6e-1f6f2f6f0001")
                .setRequestId("0b9f8f0c-6c3a-4f0e-9f6e-1f6f2f6f0002")
                .setSubjectId("subject-1")
                .setOccurredAt(Instant.parse("2026-03-01T10:15:30.123Z"))
                .setBody(Submission.newBuilder()
                        .setAction(Action.DELETE)
                        .setRegime("GDPR")
                        .setRequester(Requester.newBuilder()
                                .setType(RequesterType.SUBJECT)
                                .setId("subject-1")
                                .build())
                        .setPurpose("account-closure")
                        .setScope(new Scope(List.of("shop"), List.of()))
                        .setIdentifiers(new Identifiers(Map.of("customer_id", "42"), null))
                        .build())
                .build();
    }

    /** The registry's wire format, written by hand from a generic record. */
    private static byte[] encode(String scope, String topic, Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(
                ByteBuffer.allocate(4).putInt(register(scope, topic, schema)).array());
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static int register(String scope, String topic, Schema schema) throws IOException {
        try {
            return MockSchemaRegistry.getClientForScope(scope).register(topic + "-value", new AvroSchema(schema));
        } catch (RestClientException refused) {
            throw new IOException(refused);
        }
    }

    private static <T extends SpecificRecord> void register(Class<T> type, String topic) throws IOException {
        Schema schema = SpecificData.get().getSchema(type);
        try (var serde = ContractSerdes.of(type, CONFIG)) {
            Object any = new RandomData(schema, 1, 42L).iterator().next();
            T value = serde.deserializer().deserialize("t.any", encode(SCOPE, "t.any", schema, any));
            serde.serializer().serialize(topic, value);
        }
    }

    private static void readAgainst(String registry) {
        try (var serde =
                ContractSerdes.of(Completion.class, Map.of("schema.registry.url", registry, "max.retries", "0"))) {
            serde.deserializer().deserialize("t.completions", new byte[] {0, 0, 0, 0, 9, 1, 2});
        }
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
