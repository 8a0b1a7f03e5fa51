package io.quittance.streams.cli.kafka;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import io.quittance.contract.ContractSchemas;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** {@link SchemaAdmin} over Confluent's client, configured with the properties that its serdes take. */
final class RegistrySchemaAdmin implements SchemaAdmin {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final SchemaRegistryClient registry;

    RegistrySchemaAdmin(Connection connection) {
        var config = new KafkaAvroSerializerConfig(connection.properties());
        registry = SchemaRegistryClientFactory.newClient(
                config.getSchemaRegistryUrls(),
                config.getMaxSchemasPerSubject(),
                List.of(new AvroSchemaProvider()),
                connection.properties(),
                config.requestHeaders());
    }

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    @Override
    public Standing look(Topic topic) {
        if (isRegistered(topic)) {
            return Standing.EXISTS;
        }
        boolean compatible = answerOr(true, () -> registry.testCompatibility(subject(topic), schema(topic)));
        return compatible ? Standing.MISSING : Standing.INCOMPATIBLE;
    }

    @Override
    public Standing register(Topic topic) {
        try {
            registry.register(subject(topic), schema(topic));
            return Standing.REGISTERED;
        } catch (RestClientException refused) {
            if (refused.getStatus() != CONFLICT) {
                throw failed(refused);
            }
            // Of two who register the same first schema at once, one may be told that it is in conflict.
            return isRegistered(topic) ? Standing.EXISTS : Standing.INCOMPATIBLE;
        } catch (IOException unreachable) {
            throw doesNotAnswer();
        }
    }

    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isRegistered(Topic topic) {
        return answerOr(false, () -> registry.getId(subject(topic), schema(topic)) >= 0);
    }

    private static <T> T answerOr(T ifUnknown, Question<T> question) {
        try {
            return question.ask();
        } catch (RestClientException refused) {
            if (isUnknown(refused)) {
                return ifUnknown;
            }
            throw failed(refused);
        } catch (IOException unreachable) {
            throw doesNotAnswer();
        }
    }

    /** Only the registry's own error codes count: a plain 404 may as well mean that the address is wrong. */
    private static boolean isUnknown(RestClientException refused) {
        return refused.getErrorCode() / 100 == 404;
    }

    private static CliException failed(RestClientException refused) {
        int status = refused.getStatus();
        return status == UNAUTHORIZED || status == FORBIDDEN
                ? CliException.failed(
                        "The schema registry does not let this client in, or not do this (HTTP " + status + ").",
                        "Check the registry's user and password in the --config file, or leave schemas out with"
                                + " --no-schemas.")
                : CliException.failed(
                        "The schema registry refused (HTTP " + status + ", code " + refused.getErrorCode() + ").",
                        "Check that --schema-registry-url is one that speaks Confluent's protocol, and the registry's"
                                + " log.");
    }

    private static CliException doesNotAnswer() {
        return CliException.failed(
                "The schema registry does not answer.",
                "Check --schema-registry-url, and in the --config file its user and password; or leave schemas out"
                        + " with --no-schemas.");
    }

    private static String subject(Topic topic) {
        return ContractSchemas.subject(topic.name());
    }

    private static AvroSchema schema(Topic topic) {
        return new AvroSchema(ContractSchemas.of(topic.spec()));
    }
}
