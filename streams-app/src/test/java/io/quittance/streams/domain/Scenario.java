package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.limit.Claim;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.Field;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Locator;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Payload;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.Transformation;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Predicates;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One subject's docket and a clock, as a small language for tests: given a policy and a map, when things arrive and
 * time passes, then the request stands so and these effects were asked for.
 */
final class Scenario {
    static final String SUBJECT = "subject-1";
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Origin ORIGIN = new Origin("privacy.test", 0, 0, START, new Payload(new byte[] {1}));
    static final String GROUP = "privacy";

    private final Map<String, SystemEntry> systems = new LinkedHashMap<>();
    private final Map<String, Freeze> freezes = new LinkedHashMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, Case> lastSeen = new LinkedHashMap<>();
    private Settings settings = Settings.DEFAULTS;
    private Policies policies = ruling(asking().build());
    private Predicates predicates = (predicate, facts) -> predicate.equals("true");
    private Limits limits = Limits.EMPTY;
    private Docket docket = Docket.empty(SUBJECT);
    private Instant now = START;
    private Duration queue = Duration.ZERO;
    private int serial;
    private @Nullable Decision last;

    static Scenario given() {
        return new Scenario().system("shop").system("archive");
    }

    // ---- given

    Scenario rule(RuleBuilder rule) {
        policies = ruling(rule.build());
        return this;
    }

    Scenario policy(Policies next) {
        policies = next;
        return this;
    }

    Scenario settings(Settings next) {
        settings = next;
        return this;
    }

    Scenario onlySystem(String name, String... after) {
        systems.clear();
        return system(name, after);
    }

    Scenario system(String name, String... after) {
        return entry(entryOf(name, 1, after));
    }

    Scenario entry(SystemEntry entry) {
        systems.put(entry.system(), entry);
        return this;
    }

    Scenario mapChanges(String name) {
        return entry(entryOf(name, systems.get(name).version() + 1));
    }

    Scenario mapLoses(String name) {
        systems.remove(name);
        return this;
    }

    Scenario entryUnreadable(String name) {
        unreadable.add(name);
        return this;
    }

    Scenario topicMissing(String name) {
        unreachable.add(name);
        return this;
    }

    Scenario topicAppears(String name) {
        unreachable.remove(name);
        return this;
    }

    Scenario limits(Limit... inForce) {
        limits = Limits.of(List.of(inForce));
        return this;
    }

    Scenario frozen(Freeze freeze) {
        freezes.put(freeze.name(), freeze);
        return this;
    }

    Scenario thawed(String name) {
        freezes.remove(name);
        return this;
    }

    static SystemEntry entryOf(String name, int version, String... after) {
        var locator = new Locator("customer_id", "customer_id", List.of());
        var contact = new Field("email", "contact", Transformation.REDACT);
        var money = new Field("amount", "financial", Transformation.REDACT);
        var people = new Dataset("people", "public.people", locator, List.of(contact), Disposal.ERASE, null, 0);
        var payments = new Dataset("payments", "public.payments", locator, List.of(money), Disposal.ERASE, null, 0);
        return new SystemEntry(
                name,
                version,
                Set.of(Action.ACCESS, Action.EXPORT, Action.DELETE, Action.ANONYMIZE),
                List.of(after),
                List.of(people, payments),
                Duration.ofMinutes(5),
                3);
    }

    /** One dataset of two categories. */
    static SystemEntry mixedEntryOf(String name, int version) {
        SystemEntry plain = entryOf(name, version);
        var fields = plain.datasets().stream()
                .flatMap(dataset -> dataset.fields().stream())
                .toList();
        Dataset first = plain.datasets().get(0);
        var mixed = new Dataset("mixed", "public.mixed", first.locator(), fields, Disposal.ERASE, null, 0);
        return new SystemEntry(
                name,
                version,
                plain.actions(),
                plain.after(),
                List.of(mixed),
                plain.taskTimeout(),
                plain.maxAttempts());
    }

    // ---- when

    Scenario submit(String id, Action action) {
        return submit(submission(id, action, Scope.EVERYTHING, Map.of("customer_id", "42-" + id)));
    }

    Scenario submit(Submission submission) {
        return apply(new Command.Submit(submission));
    }

    Scenario submitEmergency(String id, Action action) {
        Submission plain = submission(id, action, Scope.EVERYTHING, Map.of("customer_id", "42-" + id));
        return submit(emergency(plain, "A life is at stake."));
    }

    static Submission emergency(Submission plain, String reason) {
        return new Submission(
                plain.requestId(),
                plain.subjectId(),
                plain.action(),
                plain.regime(),
                plain.requester(),
                plain.purpose(),
                plain.channel(),
                plain.scope(),
                plain.identifiers(),
                plain.submittedAt(),
                reason);
    }

    Scenario signOff(String id, String reviewer, String group) {
        return decide(id, Verdict.SIGN_OFF, new Approver(reviewer, List.of(group)));
    }

    /** A decision with everything that binds it, of whoever that is. */
    Scenario decide(String id, Verdict verdict, Approver approver) {
        return decide(id, verdict, approver, Vouching.BY_TOPIC);
    }

    Scenario decide(String id, Verdict verdict, Approver approver, Vouching vouching) {
        return apply(new Command.Decide(
                id, "d" + ++serial, verdict, approver, planHash(id), "because", Narrowing.NONE, vouching, now));
    }

    static Submission submission(String id, Action action, Scope scope, Map<String, String> identifiers) {
        var requester = new Requester(RequesterType.SUBJECT, SUBJECT, List.of(), null, null, null);
        return new Submission(
                id,
                SUBJECT,
                action,
                "GDPR",
                requester,
                "account-closure",
                Channel.DASHBOARD,
                scope,
                new Identifiers(identifiers, null),
                START);
    }

    Scenario prove(String id, Verification.Kind kind, int level) {
        return verify(id, kind, true, level, null);
    }

    Scenario verify(String id, Verification.Kind kind, boolean proven, int level, @Nullable Instant expiresAt) {
        var made =
                new Verification("v" + ++serial, kind, proven, level, "totp", "identity-service", now, expiresAt, null);
        return apply(new Command.Verify(id, made, null));
    }

    Scenario approve(String id, String approver) {
        return apply(decision(id, approver, Verdict.APPROVE, planHash(id), Narrowing.NONE));
    }

    Scenario approveOnly(String id, String approver, Narrowing narrowing) {
        return apply(decision(id, approver, Verdict.APPROVE, planHash(id), narrowing));
    }

    Scenario deny(String id, String approver) {
        return apply(decision(id, approver, Verdict.DENY, planHash(id), Narrowing.NONE));
    }

    Scenario revoke(String id, String approver) {
        return apply(decision(id, approver, Verdict.REVOKE, null, Narrowing.NONE));
    }

    Command.Decide decision(String id, String approver, Verdict verdict, @Nullable String hash, Narrowing narrowing) {
        return new Command.Decide(
                id,
                "d" + ++serial,
                verdict,
                new Approver(approver, List.of(GROUP)),
                hash,
                "because",
                narrowing,
                Vouching.BY_TOPIC,
                now);
    }

    Scenario withdraw(String id) {
        return apply(new Command.Withdraw(id, SUBJECT, null));
    }

    Scenario order(DirectiveKind kind, @Nullable String id) {
        return apply(new Command.Direct(id, "o" + ++serial, kind, "legal", "because", Scope.EVERYTHING, null));
    }

    /** @return the hold's id */
    String hold(Scope scope) {
        String hold = "o" + ++serial;
        apply(new Command.Direct(null, hold, DirectiveKind.HOLD, "legal", "case 7", scope, null));
        return hold;
    }

    Scenario lift(String holdId) {
        return apply(new Command.Direct(
                null, "o" + ++serial, DirectiveKind.LIFT, "legal", "case 7", Scope.EVERYTHING, holdId));
    }

    Scenario retry(@Nullable String id, String... systems) {
        var scope = new Scope(List.of(systems), List.of());
        return apply(new Command.Direct(id, "o" + ++serial, DirectiveKind.RETRY, "ops", "mended", scope, null));
    }

    Scenario done(String id, String system) {
        return apply(report(id, system, CompletionStatus.DONE, false, null));
    }

    /** The limiter answers a claim. */
    Scenario permit(Claim claim) {
        return apply(new Command.Permit(claim.requestId(), claim.work().system(), claim.attempt(), claim.claimId()));
    }

    Scenario allDone(String id) {
        while (docket.find(id).filter(Case::anyOutstanding).isPresent()) {
            done(
                    id,
                    docket.find(id).orElseThrow().tasks().stream()
                            .filter(TaskState::outstanding)
                            .findFirst()
                            .orElseThrow()
                            .system());
        }
        return this;
    }

    Scenario failed(String id, String system, boolean retryable) {
        return apply(report(id, system, CompletionStatus.FAILED, retryable, "TARGET_DOWN"));
    }

    Scenario refused(String id, String system, String code) {
        return apply(report(id, system, CompletionStatus.REFUSED, false, code));
    }

    Command.Complete report(
            String id, String system, CompletionStatus status, boolean retryable, @Nullable String code) {
        Case about = theCase(id);
        int attempt = about.task(system).map(TaskState::attempt).orElse(1);
        String grant = about.authority().grant().orElseThrow().grantId();
        return report(id, system, attempt, grant, status, retryable, code);
    }

    Command.Complete report(
            String id,
            String system,
            int attempt,
            String grant,
            CompletionStatus status,
            boolean retryable,
            @Nullable String code) {
        List<DatasetOutcome> outcomes = status == CompletionStatus.DONE ? fitting(id, system) : List.of();
        return new Command.Complete(id, system, attempt, grant, status, retryable, code, outcomes, "jdbc 0.1", now);
    }

    /** What becomes of each dataset of the task when the action succeeds. */
    private List<DatasetOutcome> fitting(String id, String system) {
        Case about = theCase(id);
        Disposition disposition = switch (about.request().action()) {
            case DELETE -> Disposition.ERASED;
            case ANONYMIZE -> Disposition.ANONYMIZED;
            case ACCESS, EXPORT, UNKNOWN -> Disposition.NOT_FOUND;
        };
        return effects(Effect.IssueTask.class).stream()
                .filter(issue -> issue.of().requestId().equals(id)
                        && issue.task().system().equals(system))
                .reduce((earlier, latest) -> latest)
                .map(Effect.IssueTask::datasets)
                .orElse(List.of())
                .stream()
                .map(dataset -> new DatasetOutcome(dataset.name(), disposition, 3, 3, 0, null, null, null))
                .toList();
    }

    static DatasetOutcome erased(String dataset, long residual) {
        return new DatasetOutcome(dataset, Disposition.ERASED, 3, 3, residual, null, null, null);
    }

    static DatasetOutcome notFound(String dataset) {
        return new DatasetOutcome(dataset, Disposition.NOT_FOUND, 0, 0, 0, null, null, null);
    }

    Scenario apply(Command command) {
        var origin = new Origin("privacy.test", 0, ++serial, now.minus(queue), new Payload(new byte[] {1}));
        return take(new Decider(settings).decide(docket, command, origin, world(), now));
    }

    Scenario after(Duration time) {
        now = now.plus(time);
        return take(new Decider(settings).tick(docket, world(), now));
    }

    /** Lets time pass without anybody looking, as when everything is down. */
    Scenario unobserved(Duration time) {
        now = now.plus(time);
        return this;
    }

    private Scenario take(Decision decision) {
        assertThat(new Decider(settings).replay(docket, decision.events()))
                .as("the events alone give the docket")
                .isEqualTo(decision.docket());
        docket = decision.docket();
        last = decision;
        events.addAll(decision.events());
        effects.addAll(decision.effects());
        docket.open().forEach(one -> lastSeen.put(one.requestId(), one));
        decision.effects().forEach(this::see);
        return this;
    }

    private void see(Effect effect) {
        if (effect instanceof Effect.WriteAudit audit) {
            lastSeen.put(audit.snapshot().requestId(), audit.snapshot());
        }
    }

    // ---- then

    Scenario thenStands(String id, RequestState state) {
        assertThat(theCase(id).state()).as("state of %s", id).isEqualTo(state);
        return this;
    }

    Scenario thenStands(String id, RequestState state, String code) {
        assertThat(theCase(id).standing().code()).as("code of %s", id).isEqualTo(code);
        return thenStands(id, state);
    }

    Scenario thenRefused(Refusal why) {
        assertThat(last().refusal()).isEqualTo(why);
        return this;
    }

    Scenario thenAccepted() {
        assertThat(last().refusal()).isNull();
        assertThat(last().repeat()).isFalse();
        return this;
    }

    Scenario thenNothingFollows() {
        assertThat(last().events()).isEmpty();
        assertThat(last().effects()).isEmpty();
        return this;
    }

    Decision last() {
        return Optional.ofNullable(last).orElseThrow();
    }

    Case theCase(String id) {
        return docket.find(id).or(() -> Optional.ofNullable(lastSeen.get(id))).orElseThrow();
    }

    String planHash(String id) {
        return Optional.ofNullable(theCase(id).authority().planHash()).orElseThrow();
    }

    Docket docket() {
        return docket;
    }

    /** From now on, records have waited as long before they are read. */
    Scenario queueing(Duration wait) {
        queue = wait;
        return this;
    }

    Instant now() {
        return now;
    }

    @Nullable
    Instant due() {
        return new Decider(settings).due(docket);
    }

    List<Event> events() {
        return events;
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> issued(String id) {
        return effects(Effect.IssueTask.class).stream()
                .filter(issue -> issue.of().requestId().equals(id))
                .map(issue -> issue.task().system() + "#" + issue.task().attempt())
                .toList();
    }

    World world() {
        var reachable = new HashSet<>(systems.keySet());
        reachable.removeAll(unreachable);
        return new World(
                policies,
                predicates,
                new DataMap(systems, reachable, unreadable),
                new Freezes(List.copyOf(freezes.values())),
                limits);
    }

    // ---- rules

    static Policies ruling(Rule rule) {
        return facts -> new Judgement("default", 7, rule, rule.reason(), new TreeMap<>());
    }

    static Alternative allOf(Requirement... requirements) {
        return new Alternative(List.of(requirements));
    }

    static Requirement people(String group, int count) {
        return new Requirement(group, count, false, null);
    }

    static Requirement machine(String group) {
        return new Requirement(group, 1, true, null);
    }

    static RuleBuilder asking() {
        return rule(RuleOutcome.ASK);
    }

    static RuleBuilder approving() {
        return rule(RuleOutcome.APPROVE);
    }

    static RuleBuilder denying() {
        return rule(RuleOutcome.DENY);
    }

    private static RuleBuilder rule(RuleOutcome outcome) {
        return RuleBuilder.rule("r1", "true", outcome).reason("as the rule says");
    }
}
