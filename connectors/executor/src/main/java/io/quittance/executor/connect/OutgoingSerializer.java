package io.quittance.executor.connect;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.SpecificAvroSerde;
import io.quittance.schema.Completion;
import io.quittance.schema.DeadLetter;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Lets one producer write the two kinds of record an executor writes. */
final class OutgoingSerializer implements Serializer<SpecificRecord> {
    private final SpecificAvroSerde<Completion> completions;
    private final SpecificAvroSerde<DeadLetter> deadLetters;

    OutgoingSerializer(Map<String, Object> serdeProperties) {
        this.completions = ContractSerdes.of(Completion.class, serdeProperties);
        this.deadLetters = ContractSerdes.of(DeadLetter.class, serdeProperties);
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord outgoing) {
        if (outgoing instanceof Completion completion) {
            return completions.serializer().serialize(topic, completion);
        }
        if (outgoing instanceof DeadLetter deadLetter) {
            return deadLetters.serializer().serialize(topic, deadLetter);
        }
        throw new SerializationException("an executor writes completions and dead letters only");
    }

    @Override
    public void close() {
        completions.close();
        deadLetters.close();
    }
}
