package io.quittance.contract;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import java.util.Map;
import java.util.stream.Stream;

/** How the schema registry's clients are let in, of the application, its command line and the executors. */
public final class RegistryLogin {

    private static final String IN_THE_PROPERTIES = "USER_INFO";

    private RegistryLogin() {}

    /**
     * Confluent's client leaves user and password alone unless it is told where they are. Here they can only be in the
     * properties, so that need not be said.
     *
     * @param properties of a client; {@code basic.auth.credentials.source} is added where they have a user and no
     *     source
     */
    public static void complete(Map<String, ? super String> properties) {
        boolean sourced = has(properties, SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE)
                || has(properties, SchemaRegistryClientConfig.BEARER_AUTH_CREDENTIALS_SOURCE);
        if (has(properties, SchemaRegistryClientConfig.USER_INFO_CONFIG) && !sourced) {
            properties.put(SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE, IN_THE_PROPERTIES);
        }
    }

    private static boolean has(Map<String, ?> properties, String name) {
        return Stream.of(name, SchemaRegistryClientConfig.CLIENT_NAMESPACE + name)
                .anyMatch(properties::containsKey);
    }
}
