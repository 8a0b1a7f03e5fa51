package io.quittance.security;

import static io.quittance.security.ground.SecuredPipeline.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quittance.contract.TaskClaims;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Task;
import io.quittance.security.ground.Actor;
import io.quittance.security.ground.Line;
import io.quittance.security.ground.Parties;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import io.quittance.streams.signature.GrantSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The day an ACL is wrong: somebody can write to the topics of tasks. What was not issued by the pipeline, or not for
 * that, or is over, has no effect, and a completion says why.
 */
@WithSecuredPipeline
class ForgedGrantsIT {
    private static final int ERASED = 30;
    private static final int VICTIM = 31;

    private static SecuredPipeline pipeline;
    private static Line forger;
    private static Task genuine;
    private static GrantSigner pipelinesKey;

    /** A grant that was given, used and recorded: the best thing a forger can start from. */
    @BeforeAll
    static void somethingIsErased(SecuredPipeline started) throws IOException {
        pipeline = started;
        forger = new Line(started, Actor.ADMINISTRATOR);
        AuditRecord audit = new Parties(started).erase(ERASED);
        genuine = forger.await(
                TOPICS.tasks("shop"), Task.class, task -> task.getRequestId().equals(audit.getRequestId()));
        pipelinesKey = GrantSigner.in(started.directory().resolve("grants.jwk"), "quittance");
    }

    @Test
    void whatThePipelineDidNotSignHasNoEffect() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        ECKey ownUnderItsName =
                new ECKey.Builder(own).keyID(pipelinesKey.keyId()).build();
        Map<String, Task> forgeries = new LinkedHashMap<>();
        forgeries.put("GRANT_SIGNATURE_MISSING", forVictim(task -> task.setSignature(null)));
        forgeries.put("GRANT_SIGNATURE_KEY_UNKNOWN", forVictim(task -> task.setSignature(signed(task, own, null))));
        forgeries.put("GRANT_ALTERED", forVictim(task -> task.setSignature(genuine.getSignature())));
        Map<String, Task> invalid = new LinkedHashMap<>();
        invalid.put("own key, its name", forVictim(task -> task.setSignature(signed(task, ownUnderItsName, null))));
        invalid.put(
                "own key, brought along", forVictim(task -> task.setSignature(signed(task, own, own.toPublicJWK()))));
        invalid.put("alg none", forVictim(task -> task.setSignature(unsigned(task))));
        invalid.put("no JWS", forVictim(task -> task.setSignature("a.b.c")));
        invalid.put("a book", forVictim(task -> task.setSignature("a".repeat(100_000))));

        List<Task> all = new ArrayList<>(forgeries.values());
        all.addAll(invalid.values());
        Map<String, Completion> answers = answers("shop", all);

        forgeries.forEach((code, task) ->
                assertThat(answers.get(task.getTaskId()).getCode()).isEqualTo(code));
        invalid.forEach((what, task) ->
                assertThat(answers.get(task.getTaskId()).getCode()).as(what).isEqualTo("GRANT_SIGNATURE_INVALID"));
        assertNothingHappened();
    }

    @Test
    void whateverIsChangedInASignedTaskIsNoticed() {
        List<Task> altered = alterations();

        assertThat(nextAnswers("shop", altered)).hasSize(altered.size()).allSatisfy(answer -> {
            assertThat(answer.getStatus()).isEqualTo(CompletionStatus.REFUSED);
            assertThat(answer.getCode()).isEqualTo("GRANT_ALTERED");
        });
        assertNothingHappened();
    }

    @Test
    void aTaskForOneSystemIsNoTaskForAnother() {
        Task forCrm = signedByThePipeline(task -> task.setSystem("crm"));

        assertThat(nextAnswers("crm", List.of(genuine)).get(0).getCode()).isEqualTo("WRONG_AUDIENCE");
        assertThat(nextAnswers("shop", List.of(forCrm)).get(0).getCode()).isEqualTo("WRONG_AUDIENCE");
        assertNothingHappened();
    }

    @Test
    void whatIsOverStaysOver() {
        Instant past = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofMinutes(1));

        Map<String, Task> over = Map.of(
                "GRANT_EXPIRED", signedByThePipeline(task -> task.getGrant().setNotAfter(past)),
                "TASK_OVERDUE", signedByThePipeline(task -> task.setDeadline(past)),
                "GRANT_NOT_YET_VALID",
                        signedByThePipeline(task -> task.getGrant().setNotBefore(past.plus(Duration.ofHours(1)))));

        Map<String, Completion> answers = answers("shop", List.copyOf(over.values()));

        over.forEach((code, task) ->
                assertThat(answers.get(task.getTaskId()).getCode()).isEqualTo(code));
        assertNothingHappened();
    }

    /** The person has come back meanwhile. The old permission, whose window has shut, does not erase them again. */
    @Test
    void aTaskThatIsReplayedWhenItsWindowHasShutAnswersWithWhatWasDoneAndDoesNothing() throws Exception {
        Task used =
                signedByThePipeline(task -> task.setIdentifiers(new Identifiers(Map.of("customer_id", "c-32"), null)));
        assertThat(nextAnswers("shop", List.of(used)).get(0).getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(new Parties(pipeline).rows(32)).isEqualTo(1);
        try (var connection = pipeline.database();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO shop.customers VALUES ('c-32', 'back again')");
        }
        // Rather than wait for its end: the same task, as it is when its window has shut.
        Task over = SpecificData.get().deepCopy(Task.getClassSchema(), used);
        over.getGrant().setNotAfter(Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(1));
        over.setSignature(pipelinesKey.sign(TaskClaims.of(TOPICS, over).canonical()));

        Completion answer = nextAnswers("shop", List.of(over)).get(0);

        assertThat(answer.getStatus()).isEqualTo(CompletionStatus.DONE);
        assertThat(answer.getDatasets())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.getAffected()).isEqualTo(1));
        assertThat(new Parties(pipeline).rows(32)).isEqualTo(2);
    }

    /** Every field of the task and of its grant, one at a time, under the genuine signature. */
    private static List<Task> alterations() {
        List<Task> altered = new ArrayList<>();
        for (Schema.Field field : Task.getClassSchema().getFields()) {
            if (!field.name().equals("signature") && !field.name().equals("grant")) {
                altered.add(changed(copy(), task -> task, field));
            }
        }
        for (Schema.Field field : genuine.getGrant().getSchema().getFields()) {
            altered.add(changed(copy(), Task::getGrant, field));
        }
        return altered;
    }

    private static Task changed(Task task, Function<Task, IndexedRecord> where, Schema.Field field) {
        IndexedRecord record = where.apply(task);
        Object value = record.get(field.pos());
        Object other;
        if (value instanceof String text) {
            other = text + "x";
        } else if (value instanceof Integer number) {
            other = number + 1;
        } else if (value instanceof Instant time) {
            other = time.plusMillis(1);
        } else if (value instanceof Action) {
            other = Action.EXPORT;
        } else if (value instanceof Identifiers) {
            other = new Identifiers(Map.of("customer_id", "c-" + VICTIM), null);
        } else if (value instanceof List<?> list) {
            other = list.isEmpty() ? stand(field) : List.of();
        } else if (value == null) {
            other = field.name().equals("spared")
                    ? List.of(genuine.getDatasets().get(0))
                    : "x";
        } else {
            throw new IllegalArgumentException(field.name());
        }
        record.put(field.pos(), other);
        return task;
    }

    private static List<?> stand(Schema.Field field) {
        return field.schema().getElementType().getType() == Schema.Type.STRING
                ? List.of("x")
                : List.of(new io.quittance.schema.Minimization("identity", io.quittance.schema.Transformation.REDACT));
    }

    /** Like the genuine one, but about somebody who never asked. */
    private static Task forVictim(Consumer<Task> and) {
        Task task = copy();
        String request = UUID.randomUUID().toString();
        task.setRequestId(request);
        task.setTaskId(request + "/" + task.getSystem());
        task.setSubjectId(Parties.subject(VICTIM));
        task.getGrant().setRequestId(request);
        task.getGrant().setSubjectId(Parties.subject(VICTIM));
        task.setIdentifiers(new Identifiers(Map.of("customer_id", "c-" + VICTIM), null));
        and.accept(task);
        return task;
    }

    private static Task signedByThePipeline(Consumer<Task> change) {
        Task task = forVictim(change);
        task.setSignature(pipelinesKey.sign(TaskClaims.of(TOPICS, task).canonical()));
        return task;
    }

    private static String signed(Task task, ECKey key, ECKey broughtAlong) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType(TaskClaims.TYPE))
                    .keyID(key.getKeyID());
            var jws = new JWSObject(
                    (broughtAlong == null ? header : header.jwk(broughtAlong)).build(),
                    new Payload(TaskClaims.of(TOPICS, task).canonical()));
            jws.sign(new ECDSASigner(key));
            return jws.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(Task task) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        String header =
                "{\"alg\":\"none\",\"typ\":\"" + TaskClaims.TYPE + "\",\"kid\":\"" + pipelinesKey.keyId() + "\"}";
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(TaskClaims.of(TOPICS, task).canonical().getBytes(StandardCharsets.UTF_8))
                + ".";
    }

    private static Task copy() {
        return SpecificData.get().deepCopy(Task.getClassSchema(), genuine);
    }

    /** By the task's name. */
    private static Map<String, Completion> answers(String system, List<Task> forgeries) {
        return nextAnswers(system, forgeries).stream()
                .collect(Collectors.toMap(Completion::getTaskId, answer -> answer));
    }

    private static List<Completion> nextAnswers(String system, List<Task> forgeries) {
        Map<TopicPartition, Long> before = forger.ends(TOPICS.completions());
        String topic = TOPICS.tasks(system);
        forger.sendAll(forgeries.stream()
                .map(task -> new ProducerRecord<>(topic, task.getSubjectId(), forger.bytes(topic, task)))
                .toList());
        return forger.await(TOPICS.completions(), before, Completion.class, forgeries.size(), answer -> true);
    }

    private static void assertNothingHappened() {
        assertThat(new Parties(pipeline).rows(VICTIM)).isEqualTo(2);
    }
}
