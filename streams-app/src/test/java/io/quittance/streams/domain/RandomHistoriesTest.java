package io.quittance.streams.domain;

import static io.quittance.streams.domain.Scenario.approving;
import static io.quittance.streams.domain.Scenario.asking;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of one subject, each a function of its seed, held against what must always be true. A failure names
 * its seed; run it alone by putting the seed in the source list.
 */
class RandomHistoriesTest {
    private static final int HISTORIES_PER_BLOCK = 500;
    private static final int STEPS = 40;
    private static final List<String> PEOPLE = List.of("ada", "bob", "eve", Scenario.SUBJECT);
    private static final List<String> SYSTEMS = List.of("shop", "search", "archive");

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 2_000, 3_000})
    void whatMustAlwaysHoldHoldsInEveryHistory(long block) {
        for (long seed = block; seed < block + HISTORIES_PER_BLOCK; seed++) {
            Scenario told = history(seed);
            assertInvariants(told, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 77, 777})
    void theSameHistoryHasTheSameOutcome(long seed) {
        Scenario once = history(seed);
        Scenario again = history(seed);

        assertThat(again.events()).isEqualTo(once.events());
        assertThat(again.effects(Effect.class)).isEqualTo(once.effects(Effect.class));
        assertThat(again.docket()).isEqualTo(once.docket());
    }

    private static Scenario history(long seed) {
        var random = new Random(seed);
        Scenario told =
                Scenario.given().system("search", "shop").rule(random.nextInt(4) == 0 ? approving() : ruleOf(random));
        List<Command> sent = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            step(told, random, sent);
            assertNoConflictRuns(told, seed);
        }
        runToTheEnd(told);
        return told;
    }

    private static Scenario.RuleBuilder ruleOf(Random random) {
        var rule = asking().count(1 + random.nextInt(2)).hashOptional();
        if (random.nextBoolean()) {
            rule.askAgain();
        }
        return random.nextInt(4) == 0 ? rule.verified(1, false) : rule;
    }

    private static void step(Scenario told, Random random, List<Command> sent) {
        String id = "r" + random.nextInt(6);
        switch (random.nextInt(14)) {
            case 0, 1 -> told.submit(id, actionOf(random));
            case 2, 3, 4 ->
                send(told, sent, told.decision(id, any(PEOPLE, random), Verdict.APPROVE, null, narrowing(random)));
            case 5 -> send(told, sent, told.decision(id, any(PEOPLE, random), verdictOf(random), null, Narrowing.NONE));
            case 6, 7, 8 -> answer(told, random, sent);
            case 9 -> told.after(Duration.ofSeconds(random.nextInt(3_000)));
            case 10 -> {
                if (!sent.isEmpty()) {
                    redeliver(told, any(sent, random));
                }
            }
            case 11 -> told.prove(id, Kind.IDENTITY, random.nextInt(3));
            case 12 -> interfere(told, random, id);
            default -> disturbTheMap(told, random);
        }
    }

    private static void answer(Scenario told, Random random, List<Command> sent) {
        List<Case> executing = told.docket().open().stream()
                .filter(one ->
                        one.authority().grant().isPresent() && !one.tasks().isEmpty())
                .toList();
        if (executing.isEmpty()) {
            return;
        }
        Case about = any(executing, random);
        String system = any(about.tasks(), random).system();
        var status = any(List.of(CompletionStatus.DONE, CompletionStatus.DONE, CompletionStatus.FAILED), random);
        send(told, sent, told.report(about.requestId(), system, status, random.nextBoolean(), "TARGET_DOWN"));
    }

    private static void interfere(Scenario told, Random random, String id) {
        switch (random.nextInt(4)) {
            case 0 -> told.withdraw(id);
            case 1 -> told.order(DirectiveKind.HOLD, null);
            case 2 -> told.order(DirectiveKind.LIFT, null);
            default -> told.order(DirectiveKind.CANCEL, id);
        }
    }

    private static void disturbTheMap(Scenario told, Random random) {
        String system = any(SYSTEMS, random);
        switch (random.nextInt(3)) {
            case 0 -> told.topicMissing(system);
            case 1 -> told.topicAppears(system);
            default -> told.mapChanges(system);
        }
    }

    private static void send(Scenario told, List<Command> sent, Command command) {
        sent.add(command);
        told.apply(command);
    }

    /** A second copy of what still stands as taken into account must not send anything out. */
    private static void redeliver(Scenario told, Command command) {
        told.apply(command);
        Decision second = new Decider(Settings.DEFAULTS)
                .decide(told.docket(), command, Scenario.ORIGIN, told.world(), told.now());
        assertThat(second.effects()).noneMatch(Effect.IssueTask.class::isInstance);
        assertThat(second.effects()).noneMatch(Effect.RevokeGrant.class::isInstance);
    }

    private static void runToTheEnd(Scenario told) {
        told.order(DirectiveKind.LIFT, null);
        SYSTEMS.forEach(told::topicAppears);
        for (int i = 0; i < 200 && told.due() != null; i++) {
            told.unobserved(Duration.between(told.now(), told.due())).after(Duration.ZERO);
        }
    }

    private static void assertInvariants(Scenario told, long seed) {
        assertThat(told.docket().open()).as("open at the end, seed %d", seed).isEmpty();
        assertThat(told.due()).as("timers left, seed %d", seed).isNull();
        assertEachClosesOnce(told, seed);
        assertEveryTaskHadAGrant(told, seed);
        assertAttemptsGrow(told, seed);
        assertEveryPromptIsRetracted(told, seed);
    }

    private static void assertEachClosesOnce(Scenario told, long seed) {
        List<String> closed = told.events().stream()
                .filter(Event.Closed.class::isInstance)
                .map(event -> ((Event.Closed) event).marker().requestId())
                .toList();
        assertThat(closed).as("closed once, seed %d", seed).doesNotHaveDuplicates();
    }

    private static void assertEveryTaskHadAGrant(Scenario told, long seed) {
        Set<String> revoked = new HashSet<>();
        for (Effect effect : told.effects(Effect.class)) {
            if (effect instanceof Effect.RevokeGrant revoke) {
                revoked.add(revoke.grant().grantId());
            } else if (effect instanceof Effect.IssueTask issue) {
                assertThat(issue.grant().notBefore()).as("seed %d", seed).isBeforeOrEqualTo(issue.at());
                assertThat(issue.grant().notAfter()).as("seed %d", seed).isAfter(issue.at());
                assertThat(issue.grant().systems())
                        .as("seed %d", seed)
                        .contains(issue.task().system());
                assertThat(revoked)
                        .as("seed %d", seed)
                        .doesNotContain(issue.grant().grantId());
                assertThat(issue.datasets()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    private static void assertAttemptsGrow(Scenario told, long seed) {
        Map<String, Integer> attempts = new HashMap<>();
        for (Effect.IssueTask issue : told.effects(Effect.IssueTask.class)) {
            String task = issue.of().requestId() + "/" + issue.task().system();
            Integer before = attempts.put(task, issue.task().attempt());
            assertThat(issue.task().attempt()).as("seed %d", seed).isEqualTo(before == null ? 1 : before + 1);
        }
    }

    private static void assertEveryPromptIsRetracted(Scenario told, long seed) {
        Set<String> open = new HashSet<>();
        for (Effect effect : told.effects(Effect.class)) {
            if (effect instanceof Effect.Prompt prompt) {
                open.add(prompt.about().requestId());
            } else if (effect instanceof Effect.RetractPrompt retract) {
                open.remove(retract.requestId());
            }
        }
        assertThat(open).as("prompts left, seed %d", seed).isEmpty();
    }

    private static void assertNoConflictRuns(Scenario told, long seed) {
        List<Case> running = told.docket().open().stream()
                .filter(one -> one.state() == RequestState.EXECUTING)
                .toList();
        boolean writes = running.stream().anyMatch(one -> one.request().action().writes());
        assertThat(!writes || running.size() == 1).as("conflict, seed %d", seed).isTrue();
        assertThat(running).as("nothing outstanding, seed %d", seed).allMatch(RandomHistoriesTest::waitsForSomething);
    }

    private static boolean waitsForSomething(Case one) {
        return one.due() != null || one.tasks().stream().anyMatch(TaskState::outstanding);
    }

    private static Narrowing narrowing(Random random) {
        return random.nextInt(5) == 0
                ? new Narrowing(List.of(any(SYSTEMS, random)), List.of(), Duration.ofMinutes(1 + random.nextInt(29)))
                : Narrowing.NONE;
    }

    private static Action actionOf(Random random) {
        return any(List.of(Action.DELETE, Action.EXPORT, Action.ACCESS, Action.ANONYMIZE), random);
    }

    private static Verdict verdictOf(Random random) {
        return any(List.of(Verdict.DENY, Verdict.REVOKE, Verdict.UNKNOWN), random);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
