package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.quittance.schema.Revocation;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class KnownSchemaTest {
    private static final String TOPIC = "privacy.revocations";
    private static final Map<String, Object> CONFIG = Map.of(
            "schema.registry.url", "mock://known-schema",
            "avro.remove.java.properties", true,
            "avro.use.logical.type.converters", true);

    @Test
    void whatIsWrittenIsWhatTheRegistrysSerializerWrites() {
        try (var serde = ContractSerdes.of(Revocation.class, CONFIG);
                var confluent = new KafkaAvroSerializer()) {
            confluent.configure(CONFIG, false);
            for (int number = 0; number < 3; number++) {
                byte[] written = serde.serializer().serialize(TOPIC, revocation(number));

                assertThat(written).isEqualTo(confluent.serialize(TOPIC, revocation(number)));
                assertThat(serde.deserializer().deserialize(TOPIC, written)).isEqualTo(revocation(number));
            }
        }
    }

    @Test
    void bytesThatAreNotReproducedAreLeftToTheRegistrysSerializer() {
        byte[] encrypted = new byte[64];

        assertThat(KnownSchema.learn(revocation(1), encrypted)).isNull();
        assertThat(KnownSchema.learn(revocation(1), new byte[] {1, 2, 3})).isNull();
    }

    /** It is another person's record, and what fitted of this one would be in front of it. */
    @Test
    void aValueThatStopsFittingPartWayIsRefusedAndNothingOfItIsInTheNext() {
        var withoutRequest = new Revocation();
        withoutRequest.setGrantId("grant-2");

        assertRefusedAndTheNextIsWhole(withoutRequest);
    }

    @Test
    void aTimeThatMillisecondsCannotCountIsRefusedAndTheNextIsWhole() {
        Revocation endless = revocation(2);
        endless.setRevokedAt(Instant.MAX);

        assertRefusedAndTheNextIsWhole(endless);
    }

    private static void assertRefusedAndTheNextIsWhole(Revocation unfit) {
        try (var serde = ContractSerdes.of(Revocation.class, CONFIG)) {
            var serializer = serde.serializer();
            byte[] before = serializer.serialize(TOPIC, revocation(1));

            assertThatThrownBy(() -> serializer.serialize(TOPIC, unfit))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("A Revocation does not fit its schema.");
            assertThat(serializer.serialize(TOPIC, revocation(1))).isEqualTo(before);
        }
    }

    private static Revocation revocation(int number) {
        return Revocation.newBuilder()
                .setGrantId("grant-" + number)
                .setRequestId("request-" + number)
                .setSubjectId("subject-1")
                .setRevokedAt(Instant.ofEpochMilli(number))
                .setGrantNotAfter(Instant.EPOCH)
                .setCode("REVOKED")
                .build();
    }
}
