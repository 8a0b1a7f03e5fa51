package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.GROUP;
import static io.quittance.streams.domain.Scenario.SUBJECT;
import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static io.quittance.streams.domain.Scenario.denying;
import static io.quittance.streams.domain.Scenario.given;
import static io.quittance.streams.domain.model.Action.ACCESS;
import static io.quittance.streams.domain.model.Action.ANONYMIZE;
import static io.quittance.streams.domain.model.Action.DELETE;
import static io.quittance.streams.domain.model.Action.EXPORT;
import static io.quittance.streams.domain.model.Action.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.TrailEntry;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification.Kind;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Requirement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A story for each refusal there is: what brings it about, and where people learn of it. A refusal without a story
 * fails, and so does one that nobody is told of. How a signature comes to be refused is for the tests of signatures;
 * here is what a decision with such a signature comes to.
 */
class EveryRefusalTest {
    private static final String R = "request-1";

    /** Where a refusal is told. */
    private enum Told {
        /** In the trail of the open request's audit record. */
        TRAIL("the trail of the request's audit record"),
        /** In an audit record of its own, denied or cancelled. */
        RECORD("an audit record of its own, denied or cancelled at once"),
        /** In the dead letters, with the record that brought it. */
        DEAD_LETTER("a dead letter, with the record that brought it");

        private final String words;

        Told(String words) {
            this.words = words;
        }
    }

    private record Story(Told where, Supplier<Scenario> story) {}

    private static final Map<Refusal, Story> STORIES = new EnumMap<>(Refusal.class);

    @ParameterizedTest
    @EnumSource
    void eachRefusalHasItsStoryAndItsPlace(Refusal refusal) {
        Story story = Objects.requireNonNull(STORIES.get(refusal), "a story for " + refusal);

        Decision last = story.story().get().last();

        assertThat(last.refusal()).isEqualTo(refusal);
        switch (story.where()) {
            case TRAIL -> assertThat(last.effects()).anyMatch(effect -> tellsInTrail(effect, refusal));
            case RECORD -> assertThat(last.effects()).anyMatch(effect -> tellsInRecord(effect, refusal));
            case DEAD_LETTER -> assertThat(last.effects()).contains(new Effect.DeadLetterInput(refusal));
        }
        boolean letters = last.effects().stream().anyMatch(Effect.DeadLetterInput.class::isInstance);
        assertThat(letters).as("a dead letter, and only then").isEqualTo(story.where() == Told.DEAD_LETTER);
    }

    @ParameterizedTest
    @EnumSource
    void eachRefusalIsASentenceForAPersonWithoutData(Refusal refusal) {
        assertThat(refusal.sentence()).matches("[A-Z][^%{}<>$]{15,}\\.").doesNotContain("  ", "null");
    }

    @Test
    void noTwoRefusalsReadTheSame() {
        assertThat(Stream.of(Refusal.values()).map(Refusal::sentence)).doesNotHaveDuplicates();
    }

    /** Where people learn of it, in words; this class's tests hold it true. */
    static String toldIn(Refusal refusal) {
        return Objects.requireNonNull(STORIES.get(refusal), "a story for " + refusal)
                .where()
                .words;
    }

    private static boolean tellsInTrail(Effect effect, Refusal refusal) {
        return effect instanceof Effect.WriteAudit audit
                && !audit.snapshot().state().closed()
                && trail(audit.snapshot())
                        .anyMatch(entry -> entry.code().equals(refusal.name())
                                && entry.detail().equals(refusal.sentence())
                                && !entry.actor().isEmpty());
    }

    private static boolean tellsInRecord(Effect effect, Refusal refusal) {
        return effect instanceof Effect.WriteAudit audit
                && audit.snapshot().state().closed()
                && audit.snapshot().standing().code().equals(refusal.name())
                && !audit.snapshot().standing().reason().isBlank()
                && trail(audit.snapshot()).anyMatch(entry -> entry.code().equals(refusal.name()));
    }

    private static Stream<TrailEntry> trail(Case one) {
        return one.story().trail().stream();
    }

    private static void trail(Refusal refusal, Supplier<Scenario> story) {
        STORIES.put(refusal, new Story(Told.TRAIL, story));
    }

    private static void record(Refusal refusal, Supplier<Scenario> story) {
        STORIES.put(refusal, new Story(Told.RECORD, story));
    }

    private static void deadLetter(Refusal refusal, Supplier<Scenario> story) {
        STORIES.put(refusal, new Story(Told.DEAD_LETTER, story));
    }

    // ---- requests

    static {
        record(Refusal.UNKNOWN_ACTION, () -> given().submit(R, UNKNOWN));
        record(Refusal.UNKNOWN_REGIME, () -> given().submit(ClocksTest.under("LEX_NULLA", R, DELETE)));
        record(Refusal.INVALID_REQUEST, () -> given().submit(scoped(Scope.EVERYTHING, Map.of(), "tab\there")));
        record(
                Refusal.IDENTIFIERS_TOO_LARGE,
                () -> given().submit(scoped(Scope.EVERYTHING, Map.of("note", "x".repeat(70_000)), null)));
        record(Refusal.TOO_MANY_OPEN, EveryRefusalTest::oneTooMany);
        record(Refusal.UNKNOWN_SYSTEM, () -> given().submit(scoped(List.of("nowhere"), List.of())));
        record(Refusal.UNKNOWN_CATEGORY, () -> given().submit(scoped(List.of(), List.of("dreams"))));
        record(
                Refusal.NOTHING_TO_DO,
                () -> given().entry(unable("shop")).entry(unable("archive")).submit(R, DELETE));
        record(Refusal.MAP_UNREADABLE, () -> given().entryUnreadable("crm").submit(R, DELETE));
        record(
                Refusal.MAP_HAS_CYCLE,
                () -> given().system("shop", "archive")
                        .system("archive", "shop")
                        .submit(R, DELETE));
        record(Refusal.DENIED_BY_RULE, () -> given().rule(denying()).submit(R, DELETE));
        record(
                Refusal.NO_RULE_MATCHES,
                () -> given().policy(facts -> Judgement.noMatch("default", 7, Map.of()))
                        .submit(R, DELETE));
        record(
                Refusal.POLICY_UNAVAILABLE,
                () -> given().policy(facts -> Judgement.unavailable("default", "There is none."))
                        .submit(R, DELETE));
        record(Refusal.DUPLICATE_OF_OPEN, EveryRefusalTest::askedTwice);
        record(
                Refusal.BREAK_GLASS_REASON_MISSING,
                () -> given().submit(Scenario.emergency(scoped(Scope.EVERYTHING, Map.of(), null), " ")));
    }

    private static Scenario oneTooMany() {
        Scenario told = given();
        for (int i = 0; i < Settings.DEFAULTS.maxOpenPerSubject(); i++) {
            told.submit("earlier-" + i, EXPORT);
        }
        return told.submit(R, EXPORT);
    }

    private static Scenario askedTwice() {
        Submission first = scoped(Scope.EVERYTHING, Map.of("customer_id", "42"), null);
        return given().submit(first)
                .submit(Scenario.submission("request-2", DELETE, first.scope(), Map.of("customer_id", "42")));
    }

    private static SystemEntry unable(String system) {
        SystemEntry able = Scenario.entryOf(system, 1);
        return new SystemEntry(
                system, 1, Set.<Action>of(ACCESS), List.of(), able.datasets(), able.taskTimeout(), able.maxAttempts());
    }

    private static Submission scoped(List<String> systems, List<String> categories) {
        return scoped(new Scope(systems, categories), Map.of(), null);
    }

    private static Submission scoped(Scope scope, Map<String, String> identifiers, @Nullable String purpose) {
        Submission plain = Scenario.submission(R, DELETE, scope, identifiers);
        return new Submission(
                plain.requestId(),
                plain.subjectId(),
                plain.action(),
                plain.regime(),
                plain.requester(),
                purpose == null ? plain.purpose() : purpose,
                plain.channel(),
                plain.scope(),
                plain.identifiers(),
                plain.submittedAt());
    }

    // ---- decisions

    static {
        trail(Refusal.NOT_AWAITING_APPROVAL, () -> asked().approve(R, "ada").approve(R, "bob"));
        trail(Refusal.SELF_APPROVAL, () -> asked().approve(R, SUBJECT));
        trail(Refusal.NOT_IN_GROUP, () -> asked().decide(R, Verdict.APPROVE, person("ada", "sales")));
        trail(Refusal.PLAN_HASH_MISSING, () -> decided(Verdict.APPROVE, null, Narrowing.NONE));
        trail(Refusal.PLAN_HASH_MISMATCH, () -> decided(Verdict.APPROVE, "0".repeat(64), Narrowing.NONE));
        trail(Refusal.REASON_MISSING, EveryRefusalTest::withoutReason);
        trail(
                Refusal.ALREADY_DECIDED,
                () -> given().rule(asking().count(2))
                        .submit(R, DELETE)
                        .approve(R, "ada")
                        .approve(R, "ada"));
        trail(Refusal.NOTHING_TO_REVOKE, () -> asked().revoke(R, "ada"));
        trail(
                Refusal.NARROWING_WIDENS,
                () -> asked().approveOnly(R, "ada", new Narrowing(List.of(), List.of(), Duration.ofDays(9))));
        trail(
                Refusal.NARROWS_TO_NOTHING,
                () -> asked().approveOnly(R, "ada", new Narrowing(List.of(), List.of(), Duration.ZERO)));
        trail(Refusal.APPROVER_NOT_ELIGIBLE, EveryRefusalTest::notOfTheRightSort);
        trail(Refusal.NOT_AWAITING_REVIEW, () -> asked().signOff(R, "eve", "board"));
        trail(
                Refusal.SIGNATURE_MISSING,
                () -> given().rule(asking().signed()).submit(R, DELETE).approve(R, "ada"));
        for (Refusal problem : List.of(
                Refusal.SIGNATURE_INVALID,
                Refusal.SIGNATURE_KEY_UNKNOWN,
                Refusal.SIGNATURE_EXPIRED,
                Refusal.SIGNER_IS_NOT_APPROVER,
                Refusal.SIGNATURE_MISMATCH,
                Refusal.SIGNATURE_UNVERIFIABLE)) {
            trail(problem, () -> asked().decide(R, Verdict.APPROVE, person("ada", GROUP), Vouching.notBy(problem)));
        }
        trail(Refusal.UNKNOWN_VERDICT, () -> decided(Verdict.UNKNOWN, null, Narrowing.NONE));
        trail(Refusal.TOO_MANY_DECISIONS, EveryRefusalTest::toAndFro);
        trail(Refusal.INVALID_DECISION, () -> asked().decide(R, Verdict.APPROVE, person("\u0007", GROUP)));
    }

    private static Scenario asked() {
        return given().rule(asking()).submit(R, DELETE);
    }

    private static Scenario decided(Verdict verdict, @Nullable String hash, Narrowing narrowing) {
        Scenario told = asked();
        return told.apply(told.decision(R, "ada", verdict, hash, narrowing));
    }

    private static Scenario withoutReason() {
        Scenario told = given().rule(asking().reasonRequired()).submit(R, DELETE);
        return told.apply(new Command.Decide(
                R,
                "d",
                Verdict.APPROVE,
                person("ada", GROUP),
                told.planHash(R),
                " ",
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                told.now()));
    }

    private static Scenario notOfTheRightSort() {
        var seniors = new Requirement(GROUP, 1, false, "false");
        return given().rule(asking().anyOf(Scenario.allOf(seniors)))
                .submit(R, DELETE)
                .approve(R, "ada");
    }

    private static Scenario toAndFro() {
        Scenario told = given().rule(asking().count(2)).submit(R, DELETE);
        for (int i = 0; i < Settings.DEFAULTS.maxTrail() / 2; i++) {
            told.approve(R, "ada").revoke(R, "ada");
        }
        return told.approve(R, "ada");
    }

    private static Approver person(String id, String group) {
        return new Approver(id, List.of(group));
    }

    // ---- verifications

    static {
        trail(Refusal.NOT_AWAITING_VERIFICATION, () -> asked().prove(R, Kind.IDENTITY, 2));
        trail(Refusal.VERIFICATION_EXPIRED, () -> unproven().verify(R, Kind.IDENTITY, true, 2, Scenario.START));
        trail(Refusal.TOO_MANY_VERIFICATIONS, EveryRefusalTest::provenForEver);
    }

    private static Scenario unproven() {
        return given().rule(asking().verified(2, false)).submit(R, DELETE);
    }

    private static Scenario provenForEver() {
        Scenario told = unproven();
        for (int i = 0; i < Settings.DEFAULTS.maxTrail(); i++) {
            told.prove(R, Kind.IDENTITY, 1);
        }
        return told.prove(R, Kind.IDENTITY, 2);
    }

    // ---- directives

    static {
        trail(Refusal.UNKNOWN_DIRECTIVE, () -> asked().order(DirectiveKind.UNKNOWN, R));
        deadLetter(Refusal.DIRECTIVE_NEEDS_SUBJECT_SCOPE, () -> asked().order(DirectiveKind.HOLD, R));
        deadLetter(
                Refusal.UNKNOWN_HOLD,
                () -> given().apply(new Command.Direct(
                        null, "lift", DirectiveKind.LIFT, "legal", "because", Scope.EVERYTHING, "never placed")));
        deadLetter(Refusal.TOO_MANY_HOLDS, EveryRefusalTest::heldTooOften);
        trail(Refusal.NOTHING_TO_RETRY, () -> asked().order(DirectiveKind.RETRY, R));
        trail(Refusal.STOPPING, () -> working().withdraw(R).order(DirectiveKind.RETRY, R));
        trail(Refusal.NO_CLOCK, () -> under("NONE").order(DirectiveKind.EXTEND, R));
        trail(
                Refusal.CLOCK_NOT_STARTED,
                () -> lawful().rule(asking().verified(1, false))
                        .submit(ClocksTest.under("UK_GDPR", R, DELETE))
                        .order(DirectiveKind.EXTEND, R));
        trail(Refusal.CLOCK_NOT_PAUSABLE, () -> under("GDPR").order(DirectiveKind.PAUSE_CLOCK, R));
        trail(
                Refusal.CLOCK_ALREADY_PAUSED,
                () -> under("UK_GDPR").order(DirectiveKind.PAUSE_CLOCK, R).order(DirectiveKind.PAUSE_CLOCK, R));
        trail(Refusal.CLOCK_NOT_PAUSED, () -> under("UK_GDPR").order(DirectiveKind.RESUME_CLOCK, R));
        trail(
                Refusal.CLOCK_STOPPED,
                () -> lawful().rule(approving().reviewedBy("board", Duration.ofDays(2)))
                        .submitEmergency(R, EXPORT)
                        .allDone(R)
                        .order(DirectiveKind.EXTEND, R));
        trail(
                Refusal.DEADLINE_HAS_PASSED,
                () -> under("UK_GDPR").after(Duration.ofDays(40)).order(DirectiveKind.PAUSE_CLOCK, R));
        trail(
                Refusal.EXTENSION_TOO_LATE,
                () -> under("GDPR").after(Duration.ofDays(40)).order(DirectiveKind.EXTEND, R));
        trail(
                Refusal.EXTENSION_EXHAUSTED,
                () -> under("GDPR").order(DirectiveKind.EXTEND, R).order(DirectiveKind.EXTEND, R));
        trail(Refusal.NOT_TO_BE_ACKNOWLEDGED, () -> under("GDPR").order(DirectiveKind.ACKNOWLEDGE, R));
        trail(
                Refusal.ALREADY_ACKNOWLEDGED,
                () -> under("CCPA").order(DirectiveKind.ACKNOWLEDGE, R).order(DirectiveKind.ACKNOWLEDGE, R));
    }

    private static Scenario heldTooOften() {
        Scenario told = given();
        for (int i = 0; i <= Holding.MOST; i++) {
            told.order(DirectiveKind.HOLD, null);
        }
        return told;
    }

    private static Scenario lawful() {
        return given().settings(Settings.DEFAULTS.with(ClocksTest.LAWS));
    }

    private static Scenario under(String law) {
        return lawful().rule(asking().answerWithin(Duration.ofDays(300))).submit(ClocksTest.under(law, R, EXPORT));
    }

    // ---- completions

    static {
        trail(Refusal.UNKNOWN_TASK, () -> answered("nowhere", 1, R + "#1", CompletionStatus.DONE));
        trail(Refusal.UNKNOWN_ATTEMPT, () -> answered("shop", 7, R + "#1", CompletionStatus.DONE));
        trail(Refusal.GRANT_MISMATCH, () -> answered("shop", 1, R + "#7", CompletionStatus.DONE));
        trail(Refusal.LATE_COMPLETION, EveryRefusalTest::tooLate);
        trail(Refusal.CONTRADICTING_COMPLETION, EveryRefusalTest::refusedAndYetDone);
        trail(Refusal.SELF_EXECUTION, EveryRefusalTest::carriedOutByApprover);
        trail(Refusal.INVALID_COMPLETION, () -> answered("shop", 1, R + "#1", CompletionStatus.UNKNOWN));
    }

    private static Scenario working() {
        return given().rule(approving()).submit(R, ANONYMIZE);
    }

    private static Scenario answered(String system, int attempt, String grant, CompletionStatus status) {
        Scenario told = working();
        return told.apply(told.report(R, system, attempt, grant, status, false, null));
    }

    private static Scenario tooLate() {
        Scenario told = working();
        told.failed(R, "shop", true).after(Duration.ofSeconds(10));
        return told.apply(told.report(R, "shop", 1, R + "#1", CompletionStatus.DONE, false, null));
    }

    private static Scenario refusedAndYetDone() {
        Scenario told = working();
        Command.Complete late = told.report(R, "shop", CompletionStatus.DONE, false, null);
        return told.refused(R, "shop", "REVOKED").apply(late);
    }

    private static Scenario carriedOutByApprover() {
        Scenario told = asked().approve(R, "ada");
        return told.apply(new Command.Complete(
                R, "shop", 1, R + "#1", CompletionStatus.DONE, false, null, List.of(), "ada 1.0", told.now()));
    }

    // ---- whatever is about a request that is not there

    static {
        deadLetter(Refusal.UNKNOWN_REQUEST, () -> given().withdraw("nobody"));
        deadLetter(Refusal.REQUEST_CLOSED, () -> working().allDone(R).withdraw(R));
        trail(
                Refusal.REVIEW_PENDING,
                () -> given().rule(approving().reviewedBy("board", Duration.ofDays(2)))
                        .submitEmergency(R, EXPORT)
                        .allDone(R)
                        .withdraw(R));
        deadLetter(Refusal.TOO_MANY_EARLY, EveryRefusalTest::tooEarlyTooOften);
    }

    private static Scenario tooEarlyTooOften() {
        Scenario told = given();
        for (int i = 0; i <= Settings.DEFAULTS.maxEarlyPerSubject(); i++) {
            told.prove("nobody-" + i, Kind.IDENTITY, 1);
        }
        return told;
    }
}
