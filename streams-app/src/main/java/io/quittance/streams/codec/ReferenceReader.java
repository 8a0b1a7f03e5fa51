package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TopicCatalogue;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.PolicyDocument;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies, data map entries and freezes. Refuses a document that lacks what the core takes for granted; whether
 * a rule's condition compiles is not looked at here. Not thread-safe.
 */
public final class ReferenceReader implements AutoCloseable {
    /** A task carries datasets of one entry next to a subject's identifiers, and must fit into a record. */
    public static final int MAX_ENTRY_BYTES = 512 * 1024;

    static final long A_YEAR_MS = Duration.ofDays(366).toMillis();
    private static final int MAX_CONDITION = 16 * 1024;

    private final Deserializer<PolicyDocument> policies;
    private final Deserializer<io.quittance.schema.SystemEntry> systems;
    private final Deserializer<LimitDocument> limits;
    private final Deserializer<io.quittance.schema.Freeze> freezes;

    /** @param serdeConfig {@code schema.registry.url} and the other standard keys */
    public ReferenceReader(Map<String, ?> serdeConfig) {
        this.policies = ContractSerdes.of(PolicyDocument.class, serdeConfig).deserializer();
        this.systems = ContractSerdes.of(io.quittance.schema.SystemEntry.class, serdeConfig)
                .deserializer();
        this.limits = ContractSerdes.of(LimitDocument.class, serdeConfig).deserializer();
        this.freezes =
                ContractSerdes.of(io.quittance.schema.Freeze.class, serdeConfig).deserializer();
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes are not a policy
     * @throws InvalidRecordException if it says something that cannot be
     * @throws io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException to try again
     */
    public Policy policy(String topic, String key, byte[] value) {
        return policy(key, policies.deserialize(topic, value));
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes are not a data map entry
     * @throws InvalidRecordException if it says something that cannot be
     * @throws io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException to try again
     */
    public SystemEntry system(String topic, String key, byte[] value) {
        Require.that(value.length <= MAX_ENTRY_BYTES, "the entry is larger than " + MAX_ENTRY_BYTES + " bytes");
        return system(key, systems.deserialize(topic, value));
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes are not a limit
     * @throws InvalidRecordException if it says something that cannot be
     * @throws io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException to try again
     */
    public Limit limit(String topic, String key, byte[] value) {
        return LimitMapping.limit(key, limits.deserialize(topic, value));
    }

    /**
     * @throws org.apache.kafka.common.errors.SerializationException if the bytes are not a freeze
     * @throws InvalidRecordException if it says something that cannot be
     * @throws io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException to try again
     */
    public Freeze freeze(String topic, String key, byte[] value) {
        return freeze(key, freezes.deserialize(topic, value));
    }

    @Override
    public void close() {
        policies.close();
        systems.close();
        limits.close();
        freezes.close();
    }

    /** A policy document as the core's value, checked; {@code key} is what it is published under. */
    public static Policy policy(String key, PolicyDocument document) {
        Require.name("name", document.getName(), Door.MAX_TEXT);
        Require.that(document.getName().equals(key), "the policy's name is not the record's key");
        Require.that(!PolicyVersionKey.is(key), "the policy's name holds an '@', which is for versions");
        Require.range("version", document.getVersion(), 1, Integer.MAX_VALUE);
        Require.distinct("rules", each(document.getRules(), io.quittance.schema.Rule::getId));
        return new Policy(
                document.getName(),
                document.getVersion(),
                each(document.getRules(), ReferenceReader::rule),
                CalendarMapping.calendars(document.getCalendars()));
    }

    /** A data map entry as the core's value, checked; {@code key} is what it is published under. */
    public static SystemEntry system(String key, io.quittance.schema.SystemEntry entry) {
        Require.system("system", entry.getSystem());
        Require.that(entry.getSystem().equals(key), "the system's name is not the record's key");
        Require.distinct("datasets", each(entry.getDatasets(), io.quittance.schema.Dataset::getName));
        Set<Action> actions = new HashSet<>(each(entry.getActions(), action -> Enums.to(Action.class, action)));
        actions.remove(Action.UNKNOWN);
        return new SystemEntry(
                entry.getSystem(),
                (int) Require.range("version", entry.getVersion(), 1, Integer.MAX_VALUE),
                actions,
                each(entry.getAfter(), before -> Require.system("after", before)),
                each(entry.getDatasets(), ReferenceReader::dataset),
                duration("task_timeout_ms", entry.getTaskTimeoutMs(), A_YEAR_MS),
                (int) Require.range("max_attempts", entry.getMaxAttempts(), 1, 1000));
    }

    /** A freeze as the core's value, checked; {@code key} is what it is published under. */
    public static Freeze freeze(String key, io.quittance.schema.Freeze freeze) {
        Require.name("name", freeze.getName(), Door.MAX_TEXT);
        Require.that(freeze.getName().equals(key), "the freeze's name is not the record's key");
        boolean namesNothing = freeze.getSystems().isEmpty()
                && freeze.getRegimes().isEmpty()
                && freeze.getPolicies().isEmpty();
        Require.that(freeze.getEverything() || !namesNothing, "the freeze names nothing to stop");
        return new Freeze(
                freeze.getName(),
                freeze.getEverything(),
                Set.copyOf(freeze.getSystems()),
                Set.copyOf(freeze.getRegimes()),
                Set.copyOf(freeze.getPolicies()),
                Require.optionalTime("until", freeze.getUntil()));
    }

    private static Dataset dataset(io.quittance.schema.Dataset dataset) {
        return CommonMapping.dataset(dataset);
    }

    private static Rule rule(io.quittance.schema.Rule rule) {
        Require.known("rules.outcome", rule.getOutcome());
        Require.known("rules.on_grant_end", rule.getOnGrantEnd());
        RuleOutcome outcome = Enums.to(RuleOutcome.class, rule.getOutcome());
        Require.distinct("rules.minimize", each(rule.getMinimize(), io.quittance.schema.Minimization::getCategory));
        Require.that(outcome != RuleOutcome.ASK || rule.getAsk() != null, "a rule asks, but names nobody to ask");
        return new Rule(
                Require.name("rules.id", rule.getId(), Door.MAX_TEXT),
                condition(rule.getWhen()),
                outcome,
                outcome == RuleOutcome.ASK ? AskMapping.ask(rule.getAsk()) : null,
                verification(rule.getVerification()),
                duration("rules.window_ms", rule.getWindowMs(), TopicCatalogue.LONGEST_GRANT.toMillis()),
                each(rule.getMinimize(), CommonMapping::minimization),
                Enums.to(OnGrantEnd.class, rule.getOnGrantEnd()),
                Duration.ofMillis(Require.range("rules.waiting_ms", rule.getWaitingMs(), 0, A_YEAR_MS)),
                review(outcome, rule.getReview()),
                Require.text("rules.reason", rule.getReason(), Door.MAX_REASON));
    }

    private static @Nullable Review review(RuleOutcome outcome, io.quittance.schema.@Nullable Review review) {
        if (review == null) {
            return null;
        }
        Require.that(
                outcome == RuleOutcome.APPROVE,
                "a rule has a review, but its outcome is not APPROVE: nobody signs for it");
        return new Review(
                Require.group("review.group", review.getGroup()),
                duration("review.within_ms", review.getWithinMs(), A_YEAR_MS));
    }

    static String condition(String when) {
        Require.that(when.length() <= MAX_CONDITION, "rules.when is longer than " + MAX_CONDITION + " characters");
        return when;
    }

    private static VerificationNeed verification(io.quittance.schema.@Nullable VerificationNeed need) {
        return need == null
                ? VerificationNeed.NONE
                : new VerificationNeed(
                        (int) Require.range("verification.identity_level", need.getIdentityLevel(), 0, 3),
                        need.getIntent(),
                        duration("verification.within_ms", need.getWithinMs(), A_YEAR_MS),
                        need.getMaxAgeMs() == null
                                ? null
                                : duration("verification.max_age_ms", need.getMaxAgeMs(), A_YEAR_MS));
    }

    static Duration duration(String field, long millis, long most) {
        return Duration.ofMillis(Require.range(field, millis, 1, most));
    }
}
