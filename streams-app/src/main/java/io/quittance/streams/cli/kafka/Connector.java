package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.Connection;
import java.util.function.Consumer;

/** Opens what commands talk to. */
public interface Connector {

    /** @param warnings takes a sentence for each record that had to be left out */
    ContractLog log(Connection connection, Consumer<String> warnings);

    TopicAdmin admin(Connection connection);

    AclAdmin acls(Connection connection);

    /** @param connection one that says where the registry is */
    SchemaAdmin schemas(Connection connection);
}
