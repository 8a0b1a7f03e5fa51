package io.quittance.bench.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Shapes of records, by the schema they were written with: the application may be of another build than this module.
 */
final class Shapes {
    private static final int SCHEMAS = 100;

    private final SchemaRegistryClient registry;
    private final Map<Integer, RecordShape> known = new HashMap<>();

    Shapes(String registryUrl) {
        registry = SchemaRegistryClientFactory.newClient(
                List.of(registryUrl), SCHEMAS, List.of(new AvroSchemaProvider()), Map.of(), Map.of());
    }

    RecordShape of(byte[] value) {
        return known.computeIfAbsent(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt(), this::fetch);
    }

    private RecordShape fetch(int schema) {
        try {
            return new RecordShape((Schema) registry.getSchemaById(schema).rawSchema());
        } catch (IOException | RestClientException e) {
            throw new HarnessException("the registry does not hand out a schema", e);
        }
    }
}
