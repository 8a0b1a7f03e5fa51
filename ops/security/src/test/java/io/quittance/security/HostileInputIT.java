package io.quittance.security;

import static io.quittance.security.ground.SecuredPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSchemas;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Completion;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.RequestState;
import io.quittance.security.ground.Actor;
import io.quittance.security.ground.Line;
import io.quittance.security.ground.Parties;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What nobody in their right mind would send, at every door that outsiders can write to: each is a dead letter with a
 * reason, the components stay up, and the next erasure runs.
 */
@WithSecuredPipeline
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileInputIT {
    private static final String NEST = """
            {"type": "record", "name": "hostile.Nest", "fields": [{"name": "next", "type": ["null", "hostile.Nest"]}]}
            """;

    /** Of the two that may be in a nest, the second, as Avro writes it. */
    private static final byte ANOTHER_NEST = 0x02;

    private static final String ARRAY_OF_NULLS = """
            {"type": "array", "items": "null"}
            """;

    /** 2⁶³ - 1 of them, as Avro writes it. */
    private static final byte[] MOST_ITEMS = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    /** Doors where every bad record has to be answered for; a freeze that cannot be read stops everything instead. */
    static Stream<String> doors() {
        return Stream.of(
                TOPICS.requests(),
                TOPICS.decisions(),
                TOPICS.verifications(),
                TOPICS.directives(),
                TOPICS.completions(),
                TOPICS.limitClaims(),
                TOPICS.limitPermits(),
                TOPICS.policies(),
                TOPICS.systems(),
                TOPICS.limits(),
                TOPICS.tasks("shop"));
    }

    @AfterEach
    void everybodyIsStillThere(SecuredPipeline pipeline) throws IOException {
        assertThat(pipeline.application().process().isAlive()).isTrue();
        assertThat(pipeline.worker().process().isAlive()).isTrue();
        assertThat(pipeline.connectApi()
                        .json("/connectors/executor-shop/status")
                        .path("tasks")
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("RUNNING");
        assertThat(pipeline.applicationApi().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void whatCannotBeReadIsADeadLetterWithAReason(String topic, SecuredPipeline pipeline) {
        var line = new Line(pipeline, Actor.ADMINISTRATOR);
        List<byte[]> values = new ArrayList<>(hostile(line.schemaHeader(topic)));
        if (!topic.startsWith("privacy.tasks")) {
            // As a task it can be read, if it means nothing, and is answered with a completion.
            values.add(after(line.schemaHeader(topic), new byte[700_000]));
        }

        List<DeadLetter> letters = lettersFor(line, topic, values);

        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.getCode()).isIn("UNDECODABLE", "INVALID", "OVERSIZED", "UNUSABLE", "INVALID_DOCUMENT");
            assertThat(letter.getDetail()).isNotBlank();
        });
    }

    /** Writers bring schemas of their own, and a field of theirs that the reader does not know is skipped. */
    @ParameterizedTest
    @MethodSource("doors")
    void whatAvroWouldSkipWithoutEndIsADeadLetter(String topic, SecuredPipeline pipeline) {
        var line = new Line(pipeline, Actor.ADMINISTRATOR);
        // Both are short enough to be read.
        byte[] nested =
                after(line.schemaHeader("nested." + topic, withField(topic, NEST)), filled(ANOTHER_NEST, 500_000));
        byte[] endless = after(line.schemaHeader("endless." + topic, withField(topic, ARRAY_OF_NULLS)), MOST_ITEMS);

        List<DeadLetter> letters = lettersFor(line, topic, List.of(nested, endless));

        assertThat(letters).extracting(DeadLetter::getCode).containsOnly("UNDECODABLE");
        assertThat(letters)
                .extracting(DeadLetter::getValueBytes)
                .containsExactlyInAnyOrder(nested.length, endless.length);
    }

    private static List<DeadLetter> lettersFor(Line line, String topic, List<byte[]> values) {
        Map<TopicPartition, Long> before = line.ends(TOPICS.deadLetters());
        line.sendAll(values.stream()
                .map(value -> new ProducerRecord<>(topic, "s-hostile", value))
                .toList());
        return line.await(
                TOPICS.deadLetters(),
                before,
                DeadLetter.class,
                values.size(),
                letter -> letter.getTopic().equals(topic));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void afterAllThatAnErasureRuns(SecuredPipeline pipeline) {
        var parties = new Parties(pipeline);

        AuditRecord audit = parties.erase(40);

        assertThat(audit.getState()).isEqualTo(RequestState.FULFILLED);
        assertThat(parties.rows(40)).isZero();
    }

    @Test
    void aTaskThatIsTooLongIsAnswered(SecuredPipeline pipeline) {
        // Compressed, or the brokers would not take it.
        var line = new Line(
                pipeline, Actor.ADMINISTRATOR, Map.of("compression.type", "gzip", "max.request.size", 4 * 1024 * 1024));
        String topic = TOPICS.tasks("shop");
        var before = line.ends(TOPICS.completions());

        line.send(topic, "s-hostile", after(line.schemaHeader(topic), new byte[2 * 1024 * 1024]));

        assertThat(line.await(TOPICS.completions(), before, Completion.class, 1, answer -> true)
                        .get(0)
                        .getCode())
                .isEqualTo("TASK_TOO_LARGE");
    }

    /**
     * Compressed, it is a few kilobytes, and brokers count those. A consumer makes room for all of it: see SECURITY.md.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aRecordThatSwellsIsADeadLetterWithoutItsContent(String compression, SecuredPipeline pipeline) {
        var bomber = new Line(
                pipeline,
                Actor.PUBLISHER,
                Map.of(
                        "compression.type", compression,
                        "max.request.size", 256 * 1024 * 1024,
                        "buffer.memory", 256L * 1024 * 1024));
        var operator = new Line(pipeline, Actor.OPERATOR);
        var before = operator.ends(TOPICS.deadLetters());

        bomber.send(TOPICS.requests(), "s-bomb", new byte[32 * 1024 * 1024]);
        DeadLetter letter = operator.await(
                        TOPICS.deadLetters(),
                        before,
                        DeadLetter.class,
                        1,
                        any -> any.getTopic().equals(TOPICS.requests()))
                .get(0);

        assertThat(letter.getCode()).isEqualTo("OVERSIZED");
        assertThat(letter.getValueBytes()).isEqualTo(32 * 1024 * 1024);
    }

    @Test
    void theHttpSideAnswersOthersWhileSomeAreSlowOrLong(SecuredPipeline pipeline) throws IOException {
        URI api = URI.create(pipeline.applicationApi().url());
        List<Socket> slow = new ArrayList<>();
        try {
            for (int connection = 0; connection < 50; connection++) {
                var socket = new Socket(api.getHost(), api.getPort());
                socket.getOutputStream().write("GET /health/live HTT".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertThat(pipeline.applicationApi().get("/health/live").statusCode())
                    .isEqualTo(200);
            assertThat(pipeline.applicationApi()
                            .get("/v1/subjects/" + "a".repeat(60_000) + "/requests/x")
                            .statusCode())
                    .isBetween(400, 499);
            assertThat(pipeline.applicationApi()
                            .get("/v1/subjects/%00%2e%2e%2f/requests/%ff")
                            .statusCode())
                    .isBetween(400, 499);
            assertThat(pipeline.applicationApi()
                            .get("/v1/subjects/s-1/requests/none")
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static List<byte[]> hostile(byte[] header) {
        byte[] noise = new byte[4_000];
        new Random(4).nextBytes(noise);
        return List.of(
                new byte[] {0},
                "{\"event_id\": 1}".getBytes(StandardCharsets.UTF_8),
                noise,
                new byte[] {0, 0x7F, 0x7F, 0x7F, 0x7F, 1, 2, 3},
                header,
                after(header, noise),
                // A string of two gigabytes, one of less than nothing, a varint without end.
                after(header, new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}),
                after(header, new byte[] {1}),
                after(header, filled((byte) 0xFF, 64)),
                // Short strings, then blocks of arrays and maps that promise more than there is.
                after(header, filled((byte) 0x02, 200_000)),
                after(header, filled((byte) 0x7E, 300_000)));
    }

    /** The topic's own record, with one more field. */
    private static Schema withField(String topic, String type) {
        Schema known = TOPICS.all(SecuredPipeline.SYSTEMS).stream()
                .filter(one -> one.name().equals(topic))
                .map(one -> ContractSchemas.of(one.spec()))
                .findFirst()
                .orElseThrow();
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("hostile", new Schema.Parser().parse(type)));
        known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return Schema.createRecord(known.getName(), known.getDoc(), known.getNamespace(), false, fields);
    }

    private static byte[] filled(byte with, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, with);
        return bytes;
    }

    private static byte[] after(byte[] header, byte[] rest) {
        return ByteBuffer.allocate(header.length + rest.length)
                .put(header)
                .put(rest)
                .array();
    }
}
