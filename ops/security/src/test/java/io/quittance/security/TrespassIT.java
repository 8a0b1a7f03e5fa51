package io.quittance.security;

import static io.quittance.security.ground.SecuredPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.contract.Party;
import io.quittance.contract.TopicCatalogue;
import io.quittance.contract.TopicSpec;
import io.quittance.contract.Topics.Topic;
import io.quittance.security.ground.Actor;
import io.quittance.security.ground.Line;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** People with credentials for one thing try another, and people without any try everything. */
@WithSecuredPipeline
class TrespassIT {

    /** What the broker itself says of everybody's rights, against what the catalogue says of their part. */
    @ParameterizedTest
    @EnumSource(value = Actor.class, names = "ADMINISTRATOR", mode = EnumSource.Mode.EXCLUDE)
    void theBrokerLetsNobodyDoMoreThanTheCatalogueSays(Actor actor, SecuredPipeline pipeline) throws Exception {
        Map<String, Set<AclOperation>> allowed = allowed(pipeline, actor);

        assertThat(allowed).isEqualTo(expected(actor));
    }

    @ParameterizedTest(name = "{0} does not write {1}")
    @CsvSource({
        "EXECUTOR_SHOP, privacy.tasks.shop",
        "EXECUTOR_SHOP, privacy.tasks.crm",
        "EXECUTOR_SHOP, privacy.decisions",
        "EXECUTOR_SHOP, privacy.requests",
        "EXECUTOR_SHOP, privacy.revocations",
        "EXECUTOR_SHOP, privacy.freezes",
        "EXECUTOR_SHOP, privacy.audit",
        "PUBLISHER, privacy.decisions",
        "PUBLISHER, privacy.verifications",
        "PUBLISHER, privacy.audit",
        "PUBLISHER, privacy.tasks.shop",
        "APPROVER_SERVICE, privacy.tasks.shop",
        "APPROVER_SERVICE, privacy.requests",
        "APPROVER_SERVICE, privacy.audit",
        "IDENTITY_SERVICE, privacy.decisions",
        "OPERATOR, privacy.decisions",
        "OPERATOR, privacy.tasks.shop",
        "OPERATOR, privacy.audit",
        "LEGAL, privacy.policies",
        "COMPLIANCE, privacy.audit",
        "WORKER, privacy.completions",
        "APPLICATION, privacy.policies",
        "APPLICATION, privacy.freezes"
    })
    void aRecordWhereOneMayNotWriteIsNotTaken(Actor actor, String topic, SecuredPipeline pipeline) {
        var line = new Line(pipeline, actor);

        // Who may write nowhere does not get as far as the topic, and may learn of it by another exception.
        assertThatThrownBy(() -> line.send(topic, "s-1", new byte[] {1}))
                .satisfies(refused -> assertThat(refused.getCause() == null ? refused : refused.getCause())
                        .isInstanceOfAny(TopicAuthorizationException.class, ClusterAuthorizationException.class));
    }

    @ParameterizedTest(name = "{0} does not read {1}")
    @CsvSource({
        "EXECUTOR_SHOP, privacy.tasks.crm",
        "EXECUTOR_CRM, privacy.tasks.shop",
        "EXECUTOR_SHOP, privacy.requests",
        "EXECUTOR_SHOP, privacy.audit",
        "EXECUTOR_SHOP, privacy.completions",
        "PUBLISHER, privacy.requests",
        "PUBLISHER, privacy.audit",
        "APPROVER_SERVICE, privacy.requests",
        "APPROVER_SERVICE, privacy.decisions",
        "APPROVER_SERVICE, privacy.tasks.shop",
        "OPERATOR, privacy.tasks.shop",
        "OPERATOR, privacy.requests",
        "COMPLIANCE, privacy.requests",
        "COMPLIANCE, privacy.tasks.shop",
        "COMPLIANCE, privacy.dead-letters",
        "WORKER, privacy.tasks.shop",
        "NOTIFIER, privacy.audit",
        "EXECUTOR_SHOP, quittance-dockets-changelog",
        "OPERATOR, connect-configs"
    })
    void aTopicThatOneMayNotReadIsNotRead(Actor actor, String topic, SecuredPipeline pipeline) {
        var line = new Line(pipeline, actor);

        assertThatThrownBy(() -> line.follow(topic, Duration.ofSeconds(2), entry -> false))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void anExecutorJoinsNoGroupButItsOwn(SecuredPipeline pipeline) {
        Map<String, Object> settings = client(pipeline, Actor.EXECUTOR_SHOP);
        settings.put("group.id", "connect-executor-crm");

        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPICS.tasks("shop")));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
                    .isInstanceOf(GroupAuthorizationException.class);
        }
    }

    /** A producer under the application's transactional id would fence it. */
    @Test
    void nobodyTakesTheApplicationsTransactions(SecuredPipeline pipeline) {
        Map<String, Object> settings = client(pipeline, Actor.EXECUTOR_SHOP);
        settings.put("transactional.id", "quittance-0");

        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(producer::initTransactions).isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Actor.class,
            names = {"APPLICATION", "OPERATOR", "EXECUTOR_SHOP", "WORKER"})
    void nobodyChangesWhoMayDoWhat(Actor actor, SecuredPipeline pipeline) {
        try (Admin admin = pipeline.kafka().admin(actor)) {
            assertThatThrownBy(
                            () -> get(admin.describeAcls(AclBindingFilter.ANY).values()))
                    .isInstanceOf(ClusterAuthorizationException.class);
            assertThatThrownBy(() ->
                            get(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all()))
                    .isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> get(admin.createTopics(List.of(new NewTopic("privacy.tasks.hr", 1, (short) 1)))
                            .all()))
                    .isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() ->
                            get(admin.deleteTopics(List.of(TOPICS.audit())).all()))
                    .isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void withoutCredentialsNothingAnswers(SecuredPipeline pipeline) throws Exception {
        Map<String, Object> genuine = client(pipeline, Actor.PUBLISHER);
        Map<String, Object> open = new HashMap<>(genuine);
        open.put("security.protocol", "PLAINTEXT");
        Map<String, Object> anonymous = new HashMap<>(genuine);
        anonymous.put("security.protocol", "SSL");

        // They are not told why; so that theirs is no slow answer, one that comes is shown to come in that time.
        assertAnswered(genuine);
        assertRefused(open, TimeoutException.class);
        assertRefused(anonymous, TimeoutException.class);
    }

    @Test
    void aWrongPasswordIsRefusedAndSoIsAnotherMechanism(SecuredPipeline pipeline) {
        Map<String, Object> wrong = client(pipeline, Actor.PUBLISHER);
        wrong.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"dashboard\""
                        + " password=\"guessed\";");
        assertRefused(wrong, AuthenticationException.class);

        Map<String, Object> plain = client(pipeline, Actor.PUBLISHER);
        plain.put("sasl.mechanism", "PLAIN");
        plain.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"quittance\""
                        + " password=\"x\";");
        assertRefused(plain, AuthenticationException.class);
    }

    /** One that says it is the brokers' own, made by somebody else. */
    @Test
    void aCertificateThatNobodyIssuedIsRefusedAndSoIsNone(SecuredPipeline pipeline) throws Exception {
        Map<String, Object> genuine = client(pipeline, Actor.ADMINISTRATOR);
        assertAnswered(genuine);

        Map<String, Object> forged = new HashMap<>(genuine);
        forged.put(
                "ssl.keystore.location",
                pipeline.directory().resolve("credentials/stranger.p12").toString());
        assertRefused(forged, SslAuthenticationException.class);

        Map<String, Object> none = new HashMap<>(genuine);
        none.keySet().removeIf(key -> key.startsWith("ssl.keystore"));
        assertRefused(none, SslAuthenticationException.class);
    }

    private static Map<String, Set<AclOperation>> expected(Actor actor) {
        Map<String, Set<AclOperation>> expected = new TreeMap<>();
        for (Topic topic : TOPICS.all(SecuredPipeline.SYSTEMS)) {
            Set<AclOperation> operations = expected(actor, topic);
            if (!operations.isEmpty()) {
                expected.put(topic.name(), operations);
            }
        }
        return expected;
    }

    private static Set<AclOperation> expected(Actor actor, Topic topic) {
        TopicSpec spec = topic.spec();
        String[] part = actor.role().split(":");
        boolean elsewhere = spec.equals(TopicCatalogue.TASKS)
                && part.length == 2
                && !topic.name().endsWith("." + part[1]);
        Set<AclOperation> operations = EnumSet.noneOf(AclOperation.class);
        if (!elsewhere && isAmong(spec.readBy(), part[0])) {
            operations.add(AclOperation.READ);
        }
        boolean bringsHome = actor == Actor.APPLICATION
                && isAmong(spec.readBy(), part[0])
                && !spec.writtenBy().contains(Party.OPERATOR);
        boolean directives = actor == Actor.APPLICATION && spec.equals(TopicCatalogue.DIRECTIVES);
        if (!elsewhere && (isAmong(spec.writtenBy(), part[0]) || bringsHome || directives)) {
            operations.add(AclOperation.WRITE);
        }
        if (!operations.isEmpty() || (actor == Actor.OPERATOR && spec.equals(TopicCatalogue.TASKS))) {
            operations.add(AclOperation.DESCRIBE);
        }
        return operations;
    }

    private static boolean isAmong(List<Party> parties, String role) {
        return parties.stream().anyMatch(party -> party.id().equals(role));
    }

    private static Map<String, Set<AclOperation>> allowed(SecuredPipeline pipeline, Actor actor) throws Exception {
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        List<String> names =
                TOPICS.all(SecuredPipeline.SYSTEMS).stream().map(Topic::name).toList();
        try (Admin admin = pipeline.kafka().admin(actor)) {
            var answers = admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
                try {
                    allowed.put(answer.getKey(), get(answer.getValue()).authorizedOperations());
                } catch (TopicAuthorizationException unseen) {
                    // Not even that it is there.
                }
            }
        }
        return allowed;
    }

    private static Map<String, Object> client(SecuredPipeline pipeline, Actor actor) {
        Map<String, Object> settings = new HashMap<>(pipeline.kafka().client(actor));
        settings.put("request.timeout.ms", 4_000);
        settings.put("default.api.timeout.ms", 5_000);
        return settings;
    }

    private static void assertAnswered(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            assertThat(get(admin.listTopics().names())).isNotEmpty();
        }
    }

    private static void assertRefused(Map<String, Object> client, Class<? extends Exception> why) {
        try (Admin admin = Admin.create(client)) {
            assertThatThrownBy(() -> get(admin.listTopics().names())).isInstanceOf(why);
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
