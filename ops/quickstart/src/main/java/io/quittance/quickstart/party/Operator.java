package io.quittance.quickstart.party;

import io.quittance.schema.Freeze;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The operators' side: stops everything, and lets go again. */
public final class Operator implements AutoCloseable {
    private final Connection connection;
    private final KafkaProducer<String, Freeze> freezes;
    private final Clock clock;

    public Operator(Connection connection, Clock clock) {
        this.connection = connection;
        this.freezes = connection.producer(Freeze.class);
        this.clock = clock;
    }

    /** From now on nothing is begun, in no system, under no law and no policy. */
    public void freezeEverything(String name, String operator, String reason) {
        var freeze = Freeze.newBuilder()
                .setName(name)
                .setEverything(true)
                .setSystems(List.of())
                .setRegimes(List.of())
                .setPolicies(List.of())
                .setReason(reason)
                .setIssuedBy(operator)
                .setIssuedAt(clock.instant())
                .build();
        Connection.send(freezes, connection.topics().freezes(), name, freeze);
    }

    public void lift(String name) {
        Connection.send(freezes, connection.topics().freezes(), name, null);
    }

    @Override
    public void close() {
        freezes.close();
    }
}
