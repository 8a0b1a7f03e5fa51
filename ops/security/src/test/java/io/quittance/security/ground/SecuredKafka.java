package io.quittance.security.ground;

import io.quittance.harness.HarnessException;
import io.quittance.harness.KafkaCluster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A KRaft node as one secures it: SCRAM over TLS for most, client certificates for some, certificates between nodes,
 * nothing in the clear, and whom no ACL lets in stays out.
 */
public final class SecuredKafka implements AutoCloseable {
    private static final String PASSWORDS = "PASSWORDS";
    private static final String CERTIFICATES = "CERTIFICATES";
    private static final int ITERATIONS = 4096;

    private final KafkaCluster cluster;
    private final Credentials credentials;

    private SecuredKafka(KafkaCluster cluster, Credentials credentials) {
        this.cluster = cluster;
        this.credentials = credentials;
    }

    static SecuredKafka start(Path directory, Credentials credentials) {
        var cluster =
                KafkaCluster.start(directory, KafkaCluster.Options.defaults().withProperties(properties(credentials)));
        var kafka = new SecuredKafka(cluster, credentials);
        try {
            kafka.createUsers();
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
        return kafka;
    }

    /** Where the actor's kind of credentials is asked for. */
    public String bootstrapServers(Actor actor) {
        return cluster.bootstrapServers(actor.hasCertificate() ? CERTIFICATES : PASSWORDS);
    }

    /** How the actor gets in, with the secrets themselves. */
    public Map<String, Object> client(Actor actor) {
        Map<String, Object> client = new HashMap<>(client(actor, ""));
        if (!actor.hasCertificate()) {
            client.put("sasl.jaas.config", credentials.login(actor));
        } else {
            client.put("ssl.keystore.password", credentials.storePassword());
        }
        return client;
    }

    /** How the actor gets in, the secrets by reference, each key with a prefix. */
    public Map<String, String> client(Actor actor, String prefix) {
        Map<String, String> client = new HashMap<>();
        client.put(prefix + "bootstrap.servers", bootstrapServers(actor));
        client.put(prefix + "ssl.truststore.type", "PEM");
        client.put(
                prefix + "ssl.truststore.location", credentials.brokersInPem().toString());
        if (actor.hasCertificate()) {
            String name = actor == Actor.ADMINISTRATOR ? "broker" : "identity";
            client.put(prefix + "security.protocol", "SSL");
            client.put(prefix + "ssl.keystore.type", "PKCS12");
            client.put(prefix + "ssl.keystore.location", credentials.store(name).toString());
            client.put(
                    prefix + "ssl.keystore.password",
                    "${file:" + credentials.folder().resolve("store.properties") + ":password}");
        } else {
            client.put(prefix + "security.protocol", "SASL_SSL");
            client.put(prefix + "sasl.mechanism", "SCRAM-SHA-512");
            client.put(prefix + "sasl.jaas.config", "${file:" + credentials.secrets(actor) + ":login}");
        }
        return client;
    }

    public Admin admin(Actor actor) {
        return Admin.create(client(actor));
    }

    @Override
    public void close() {
        cluster.close();
    }

    private void createUsers() {
        var users = Actor.bound()
                .filter(actor -> !actor.hasCertificate())
                .<UserScramCredentialAlteration>map(actor -> new UserScramCredentialUpsertion(
                        actor.principal(),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        credentials.passwordOf(actor)))
                .toList();
        try (Admin admin = admin(Actor.ADMINISTRATOR)) {
            admin.alterUserScramCredentials(users).all().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HarnessException("the users cannot be made", e);
        }
    }

    private static Map<String, String> properties(Credentials credentials) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "listeners",
                "%s://127.0.0.1:0,%s://127.0.0.1:0,CONTROLLER://127.0.0.1:0".formatted(PASSWORDS, CERTIFICATES));
        properties.put(
                "listener.security.protocol.map",
                "%s:SASL_SSL,%s:SSL,CONTROLLER:SSL".formatted(PASSWORDS, CERTIFICATES));
        properties.put("inter.broker.listener.name", CERTIFICATES);
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put(
                "listener.name.passwords.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", credentials.store("broker").toString());
        properties.put("ssl.keystore.password", credentials.storePassword());
        properties.put("ssl.truststore.type", "PEM");
        properties.put(
                "ssl.truststore.location",
                credentials.folder().resolve("trusted-clients.pem").toString());
        properties.put("listener.name.certificates.ssl.client.auth", "required");
        properties.put("listener.name.controller.ssl.client.auth", "required");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("allow.everyone.if.no.acl.found", "false");
        properties.put("super.users", "User:" + Actor.ADMINISTRATOR.principal());
        return properties;
    }
}
