package io.quittance.contract;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serdes for what is on the contract's topics. */
public final class ContractSerdes {

    private ContractSerdes() {}

    /**
     * A serde for values of one type, ready to use: take its {@code serializer()} for a producer, its
     * {@code deserializer()} for a consumer.
     *
     * @param clientConfig the client's properties; {@code schema.registry.url} and the other standard keys of
     *     Confluent's serdes are read from it, the rest is ignored
     * @throws org.apache.kafka.common.config.ConfigException if {@code schema.registry.url} is missing
     */
    public static <T extends SpecificRecord> SpecificAvroSerde<T> of(Class<T> type, Map<String, ?> clientConfig) {
        SpecificAvroSerde<T> serde = new SpecificAvroSerde<>(type);
        serde.configure(clientConfig, false);
        return serde;
    }

    /** A serde for keys: all keys of the contract are UTF-8 strings. */
    public static Serde<String> keys() {
        return Serdes.String();
    }
}
