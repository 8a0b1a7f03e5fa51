package io.quittance.contract;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.Completion;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.Freeze;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitPermit;
import io.quittance.schema.Notification;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Revocation;
import io.quittance.schema.SystemEntry;
import io.quittance.schema.Task;
import io.quittance.schema.VerificationEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Every topic of the contract, once. {@link Topics} turns it into names. */
public final class TopicCatalogue {

    /** No grant may be open for longer: a revocation is kept until the grant it ends has shut by itself. */
    public static final Duration LONGEST_GRANT = Duration.ofDays(30);

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Duration A_MONTH = Duration.ofDays(30);
    private static final Duration A_QUARTER = Duration.ofDays(90);

    public static final TopicSpec REQUESTS = new TopicSpec(
            "requests",
            TopicKey.SUBJECT,
            RequestEvent.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.PUBLISHER),
            List.of(Party.APPLICATION, Party.POLICY_AUTHOR),
            "Requests submitted and withdrawn. Holds identifiers of people: short retention.");

    public static final TopicSpec DECISIONS = new TopicSpec(
            "decisions",
            TopicKey.SUBJECT,
            DecisionEvent.class,
            false,
            stampedOnArrival(keptFor(A_MONTH)),
            List.of(Party.APPROVER_SERVICE),
            List.of(Party.APPLICATION),
            "Approvals, denials, revocations, answers of reviews.");

    public static final TopicSpec VERIFICATIONS = new TopicSpec(
            "verifications",
            TopicKey.SUBJECT,
            VerificationEvent.class,
            false,
            stampedOnArrival(keptFor(A_MONTH)),
            List.of(Party.IDENTITY_SERVICE),
            List.of(Party.APPLICATION),
            "Identity proven or refused, intent confirmed.");

    public static final TopicSpec DIRECTIVES = new TopicSpec(
            "directives",
            TopicKey.SUBJECT,
            DirectiveEvent.class,
            false,
            stampedOnArrival(keptFor(A_MONTH)),
            List.of(Party.LEGAL, Party.OPERATOR),
            List.of(Party.APPLICATION),
            "Hold, lift, extend, pause and resume the clock, acknowledge, retry, cancel.");

    public static final TopicSpec POLICIES = new TopicSpec(
            "policies",
            TopicKey.POLICY,
            PolicyDocument.class,
            true,
            stampedOnArrival(lastOfEachKey()),
            List.of(Party.OPERATOR),
            List.of(Party.APPLICATION, Party.OPERATOR, Party.POLICY_AUTHOR),
            "Policy documents: what a request needs before it may run, and every version there was.");

    public static final TopicSpec SYSTEMS = new TopicSpec(
            "systems",
            TopicKey.SYSTEM,
            SystemEntry.class,
            true,
            stampedOnArrival(lastOfEachKey()),
            List.of(Party.OPERATOR),
            List.of(Party.APPLICATION, Party.OPERATOR),
            "The data map: which system holds what, and how a subject's part of it is found.");

    public static final TopicSpec LIMITS = new TopicSpec(
            "limits",
            TopicKey.LIMIT,
            LimitDocument.class,
            true,
            stampedOnArrival(lastOfEachKey()),
            List.of(Party.OPERATOR),
            List.of(Party.APPLICATION, Party.OPERATOR),
            "How many attempts may be out at once, or go out in a time.");

    public static final TopicSpec FREEZES = new TopicSpec(
            "freezes",
            TopicKey.FREEZE,
            Freeze.class,
            true,
            stampedOnArrival(lastOfEachKey()),
            List.of(Party.OPERATOR),
            List.of(Party.APPLICATION, Party.EXECUTOR, Party.OPERATOR),
            "What must not be worked on now; the app and every executor read all of it.");

    /** Compacted within a day, so that an answered prompt does not linger. */
    public static final TopicSpec APPROVALS = new TopicSpec(
            "approvals",
            TopicKey.REQUEST,
            ApprovalPrompt.class,
            true,
            with(
                    lastOfEachKey(),
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    millis(A_DAY),
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    millis(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.APPROVER_SERVICE, Party.OPERATOR),
            "The approvers' inbox: a prompt while a decision is wanted, a tombstone after.");

    public static final TopicSpec TASKS = new TopicSpec(
            "tasks.",
            TopicKey.SUBJECT,
            Task.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.EXECUTOR),
            "One system's work and nobody else's, so that ACLs can scope an executor to its own."
                    + " Holds identifiers of people: short retention.");

    /** One partition, because a limit is kept exactly only where all claims under it come in one order. */
    public static final TopicSpec LIMIT_CLAIMS = new TopicSpec(
            "limit-claims",
            TopicKey.CLAIM,
            LimitClaim.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.APPLICATION, Party.OPERATOR),
            "Attempts under a limit: that they want to go out, and that they are over. Internal to the app.");

    public static final TopicSpec LIMIT_PERMITS = new TopicSpec(
            "limit-permits",
            TopicKey.SUBJECT,
            LimitPermit.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.APPLICATION, Party.OPERATOR),
            "Attempts that may go out under the limits on them. Internal to the app.");

    public static final TopicSpec COMPLETIONS = new TopicSpec(
            "completions",
            TopicKey.SUBJECT,
            Completion.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.EXECUTOR),
            List.of(Party.APPLICATION),
            "Outcomes of task attempts.");

    /** Kept for twice the longest grant, counted from arrival. */
    public static final TopicSpec REVOCATIONS = new TopicSpec(
            "revocations",
            TopicKey.SUBJECT,
            Revocation.class,
            false,
            stampedOnArrival(keptFor(LONGEST_GRANT.multipliedBy(2))),
            List.of(Party.APPLICATION),
            List.of(Party.EXECUTOR),
            "Grants withdrawn early; every executor reads all of it. Kept longer than any grant is open.");

    /** Every revision of a record stays readable for a week before only the last is kept. */
    public static final TopicSpec AUDIT = new TopicSpec(
            "audit",
            TopicKey.REQUEST,
            AuditRecord.class,
            true,
            with(lastOfEachKey(), TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.COMPLIANCE, Party.OPERATOR, Party.LEGAL, Party.APPROVER_SERVICE),
            "One audit record per request, replaced as it moves, final when closed.");

    public static final TopicSpec NOTIFICATIONS = new TopicSpec(
            "notifications",
            TopicKey.SUBJECT,
            Notification.class,
            false,
            stampedOnArrival(keptFor(A_WEEK)),
            List.of(Party.APPLICATION),
            List.of(Party.NOTIFIER),
            "What people should be told: a prompt waits, reminders, escalations, reviews, deadlines near and missed, a system"
                    + " is unreachable, a task failed, a request closed.");

    public static final TopicSpec DEAD_LETTERS = new TopicSpec(
            "dead-letters",
            TopicKey.SOURCE_TOPIC,
            DeadLetter.class,
            false,
            stampedOnArrival(keptFor(A_QUARTER)),
            List.of(Party.APPLICATION, Party.EXECUTOR),
            List.of(Party.OPERATOR),
            "What could not be read or made no sense, with the reason and where it came from."
                    + " May hold identifiers of people: guard it like the requests.");

    private static final List<TopicSpec> ALL = List.of(
            REQUESTS,
            DECISIONS,
            VERIFICATIONS,
            DIRECTIVES,
            POLICIES,
            SYSTEMS,
            LIMITS,
            FREEZES,
            APPROVALS,
            LIMIT_CLAIMS,
            LIMIT_PERMITS,
            TASKS,
            COMPLETIONS,
            REVOCATIONS,
            AUDIT,
            NOTIFICATIONS,
            DEAD_LETTERS);

    private TopicCatalogue() {}

    /** All of them, in the order in which a request meets them. */
    public static List<TopicSpec> all() {
        return ALL;
    }

    /** Segments roll daily, because a record is only deleted with its whole segment. */
    private static Map<String, String> keptFor(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                millis(retention),
                TopicConfig.SEGMENT_MS_CONFIG,
                millis(A_DAY));
    }

    private static Map<String, String> lastOfEachKey() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.1",
                TopicConfig.SEGMENT_MS_CONFIG,
                millis(A_DAY));
    }

    /**
     * A record's time may be old: what an outbox sends late or another cluster mirrors, what gives seconds for
     * milliseconds, what the app writes because of an old event. Retention must count from when it was written, or the
     * record is deleted before anybody has read it. And what every instance reads whole must have a time: Kafka Streams
     * takes a record without one for a fault that it cannot get over, and asks no extractor.
     */
    private static Map<String, String> stampedOnArrival(Map<String, String> configs) {
        return with(configs, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    private static Map<String, String> with(Map<String, String> configs, String... namesAndValues) {
        Map<String, String> all = new HashMap<>(configs);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return all;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
