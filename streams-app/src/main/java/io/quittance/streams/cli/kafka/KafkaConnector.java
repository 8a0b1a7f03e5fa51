package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.Connection;
import java.time.Clock;
import java.util.function.Consumer;

/** Opens a real cluster. */
public record KafkaConnector(Clock clock) implements Connector {

    @Override
    public ContractLog log(Connection connection, Consumer<String> warnings) {
        return new KafkaContractLog(connection, warnings, clock);
    }

    @Override
    public TopicAdmin admin(Connection connection) {
        return new KafkaTopicAdmin(connection);
    }

    @Override
    public AclAdmin acls(Connection connection) {
        return new KafkaAclAdmin(connection);
    }

    @Override
    public SchemaAdmin schemas(Connection connection) {
        return new RegistrySchemaAdmin(connection);
    }
}
