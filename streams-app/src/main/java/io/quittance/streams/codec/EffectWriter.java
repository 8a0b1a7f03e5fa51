package io.quittance.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.Notification;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Turns effects into records. Not thread-safe: one per task. */
public final class EffectWriter implements AutoCloseable {
    private final Topics topics;
    private final Limits limits;
    private final GrantSeal seal;
    private final Serializer<ApprovalPrompt> prompts;
    private final Serializer<Task> tasks;
    private final Serializer<Revocation> revocations;
    private final Serializer<AuditRecord> audits;
    private final Serializer<Notification> notifications;
    private final Serializer<LimitClaim> claims;
    private final Serializer<DeadLetter> deadLetters;

    /**
     * @param maxAuditBytes an audit record that would be larger leaves out the outcomes of single datasets
     * @param deadLetterPayload whether a dead letter carries the record's bytes
     */
    public record Limits(int maxAuditBytes, boolean deadLetterPayload) {}

    /**
     * @param serdeConfig {@code schema.registry.url} and the other standard keys
     * @param seal signs tasks
     */
    public EffectWriter(Topics topics, Map<String, ?> serdeConfig, Limits limits, GrantSeal seal) {
        this.topics = topics;
        this.limits = limits;
        this.seal = seal;
        this.prompts = serializer(ApprovalPrompt.class, serdeConfig);
        this.tasks = serializer(Task.class, serdeConfig);
        this.revocations = serializer(Revocation.class, serdeConfig);
        this.audits = serializer(AuditRecord.class, serdeConfig);
        this.notifications = serializer(Notification.class, serdeConfig);
        this.claims = serializer(LimitClaim.class, serdeConfig);
        this.deadLetters = serializer(DeadLetter.class, serdeConfig);
    }

    /**
     * @param cause the record that brought the effect about; null where only time did
     * @param now the present
     * @throws RegistryRefusedException to try again
     */
    public Outgoing write(Effect effect, @Nullable Arrival cause, Instant now) {
        if (effect instanceof Effect.Prompt prompt) {
            byte[] value = bytes(prompts, topics.approvals(), PlanMapping.prompt(prompt));
            return inbox(prompt.about().requestId(), value);
        } else if (effect instanceof Effect.PromptReview prompt) {
            byte[] value = bytes(prompts, topics.approvals(), PlanMapping.review(prompt));
            return inbox(prompt.about().requestId(), value);
        } else if (effect instanceof Effect.RetractPrompt retract) {
            return inbox(retract.requestId(), null);
        } else if (effect instanceof Effect.IssueTask issue) {
            String topic = topics.tasks(issue.task().system());
            byte[] value = bytes(tasks, topic, sealed(TaskMapping.task(issue)));
            return new Outgoing(OutputTopic.TASKS, topic, subject(issue.of()), value);
        } else if (effect instanceof Effect.RevokeGrant revoke) {
            byte[] value = bytes(revocations, topics.revocations(), TaskMapping.revocation(revoke));
            return new Outgoing(OutputTopic.REVOCATIONS, topics.revocations(), subject(revoke.of()), value);
        } else if (effect instanceof Effect.WriteAudit write) {
            byte[] value = audit(AuditMapping.audit(write.snapshot(), write.at()));
            return new Outgoing(
                    OutputTopic.AUDIT, topics.audit(), key(write.snapshot().requestId()), value);
        } else if (effect instanceof Effect.Notify notify) {
            byte[] value = bytes(notifications, topics.notifications(), TaskMapping.notification(notify));
            return new Outgoing(OutputTopic.NOTIFICATIONS, topics.notifications(), subject(notify.about()), value);
        } else if (effect instanceof Effect.ClaimPermit claim) {
            return claim(LimitMapping.claim(claim));
        } else if (effect instanceof Effect.ReleasePermit release) {
            return claim(LimitMapping.release(release));
        } else if (effect instanceof Effect.DeadLetterInput letter) {
            if (cause == null) {
                throw new IllegalStateException("time alone cannot bring about a senseless record");
            }
            return deadLetter(cause, letter.why().name(), letter.why().sentence(), now);
        } else if (effect instanceof Effect.DeadLetterEarly early) {
            return deadLetter(
                    Arrival.of(early.arrival().origin()),
                    early.why().name(),
                    early.why().sentence(),
                    now);
        }
        throw new IllegalStateException("an effect without a record: " + effect.getClass());
    }

    /**
     * Hands a record to people.
     *
     * @throws RegistryRefusedException to try again
     */
    public Outgoing deadLetter(Arrival arrival, String code, String detail, Instant now) {
        DeadLetter letter = DeadLetterMapping.deadLetter(arrival, code, detail, now, limits.deadLetterPayload());
        byte[] value = bytes(deadLetters, topics.deadLetters(), letter);
        return new Outgoing(OutputTopic.DEAD_LETTERS, topics.deadLetters(), key(arrival.topic()), value);
    }

    @Override
    public void close() {
        prompts.close();
        tasks.close();
        revocations.close();
        audits.close();
        notifications.close();
        claims.close();
        deadLetters.close();
    }

    private Outgoing inbox(String requestId, byte @Nullable [] prompt) {
        return new Outgoing(OutputTopic.APPROVALS, topics.approvals(), key(requestId), prompt);
    }

    private Task sealed(Task task) {
        task.setSignature(seal.over(() -> TaskClaims.of(topics, task).canonical()));
        return task;
    }

    private Outgoing claim(LimitClaim claim) {
        byte[] value = bytes(claims, topics.limitClaims(), claim);
        return new Outgoing(OutputTopic.LIMIT_CLAIMS, topics.limitClaims(), key(claim.getClaimId()), value);
    }

    private byte[] audit(AuditRecord full) {
        byte[] value = bytes(audits, topics.audit(), full);
        return value.length <= limits.maxAuditBytes()
                ? value
                : bytes(audits, topics.audit(), AuditMapping.withoutOutcomes(full));
    }

    static <T> byte[] bytes(Serializer<T> serializer, String topic, T value) {
        try {
            return serializer.serialize(topic, value);
        } catch (SerializationException failure) {
            throw isTheRegistrys(failure) ? new RegistryRefusedException(failure) : failure;
        }
    }

    private static boolean isTheRegistrys(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(5)
                .anyMatch(cause -> cause instanceof RestClientException || cause instanceof IOException);
    }

    private static byte[] subject(Case about) {
        return key(about.request().subjectId());
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private static <T extends SpecificRecord> Serializer<T> serializer(Class<T> type, Map<String, ?> serdeConfig) {
        return ContractSerdes.of(type, serdeConfig).serializer();
    }
}
