package io.quittance.streams.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.World;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.Winding;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Freezes;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that lets a broken core pass proves nothing: each of these breaks one thing, and is to be caught. */
class MutantsTest {
    private static final int ENOUGH = 3_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aCoreThatIsBrokenIsCaught(String fault, Core broken) {
        assertThat(firstCaught(broken)).as(fault).isPresent();
    }

    static Optional<Throwable> firstCaught(Core broken) {
        for (long seed = 0; seed < ENOUGH; seed++) {
            Throwable fault = History.of(seed).fault(broken);
            if (fault != null) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("a task goes out twice", issuesTwice()),
                mutant(
                        "a predicate admits everybody",
                        Mutant.seeing(world -> with(world, world.policies()::judge, true))),
                mutant("the reason, the hash and the reviewers do not matter", Mutant.hearing(MutantsTest::bound)),
                mutant(
                        "unsigned counts as signed",
                        Mutant.deciding(one -> vouched(one, Vouching.bySignature("key-1")))),
                mutant("approving one's own request", Mutant.deciding(one -> by(one, "s0", "s1", "agent"))),
                mutant("one person counts as often as they speak", Mutant.deciding(MutantsTest::asSomebodyElse)),
                mutant("a person who is nobody counts", Mutant.deciding(one -> by(one, ""))),
                mutant("less is taken for all", Mutant.deciding(MutantsTest::unnarrowed)),
                mutant("a no is not heard", Mutant.deciding(one -> turned(one, Verdict.DENY, Verdict.UNKNOWN))),
                mutant("a no is taken for a yes", Mutant.deciding(one -> turned(one, Verdict.DENY, Verdict.APPROVE))),
                mutant(
                        "a revocation is not heard",
                        Mutant.deciding(one -> turned(one, Verdict.REVOKE, Verdict.UNKNOWN))),
                mutant("a grant that is taken back is not told of", Mutant.mute(Effect.RevokeGrant.class)),
                mutant("a prompt is left open", Mutant.mute(Effect.RetractPrompt.class)),
                mutant("nobody is asked", Mutant.mute(Effect.Prompt.class)),
                mutant("the audit is not written", Mutant.mute(Effect.WriteAudit.class)),
                mutant("a dead letter is lost", Mutant.mute(Effect.DeadLetterInput.class)),
                mutant("a permit is not given back", Mutant.mute(Effect.ReleasePermit.class)),
                mutant("a hold is forgotten", Mutant.remembering(MutantsTest::withoutHolds)),
                mutant("freezes are not looked at", Mutant.seeing(MutantsTest::neverFrozen)),
                mutant("nothing waits", Mutant.seeing(world -> ruled(world, MutantsTest::atOnce))),
                mutant("a grant never shuts", Mutant.remembering(MutantsTest::foreverGranted)),
                mutant(
                        "windows are longer than the rule says",
                        Mutant.seeing(world -> ruled(world, MutantsTest::longer))),
                mutant("proofs are not asked for", Mutant.seeing(world -> ruled(world, MutantsTest::unproven))),
                mutant("approvals of an earlier asking still count", Mutant.remembering(MutantsTest::ofThisRound)),
                mutant("a limit is one too wide", oneMore()),
                mutant("limits are not looked at", Mutant.seeing(MutantsTest::unlimited)),
                mutant("an old answer is taken for the present attempt", answersAnything()),
                mutant("an answer counts whatever grant it names", answersAnyGrant()),
                mutant("a proof never expires", Mutant.hearing(MutantsTest::everProven)),
                mutant("emergencies are claimed without one", Mutant.hearing(MutantsTest::emergency)),
                mutant("a second copy is not recognised", Mutant.remembering(MutantsTest::forgetful)),
                mutant("a restart loses a timer", losesTimers()),
                mutant("a restart loses what was being stopped", Mutant.restarting(MutantsTest::unwound)),
                mutant("a restart loses what came early", Mutant.restarting(MutantsTest::withoutEarly)),
                mutant("a restart loses decisions", Mutant.restarting(MutantsTest::undecided)),
                mutant("a restart loses which attempts are out", Mutant.restarting(MutantsTest::nothingOut)),
                mutant("a restart loses holds", Mutant.restarting(MutantsTest::withoutHolds)),
                mutant("a restart forgets what has closed", Mutant.restarting(MutantsTest::nothingClosed)));
    }

    static Core issuesTwice() {
        return new Mutant() {
            @Override
            List<Effect> effects(List<Effect> effects) {
                var twice = new ArrayList<Effect>();
                for (Effect effect : effects) {
                    twice.add(effect);
                    if (effect instanceof Effect.IssueTask) {
                        twice.add(effect);
                    }
                }
                return twice;
            }
        };
    }

    private static Core oneMore() {
        return new Mutant() {
            @Override
            public Limits governing(Limits limits) {
                return Limits.of(limits.all().stream()
                        .map(one -> new Limit(
                                one.name(),
                                one.version(),
                                one.systems(),
                                one.actions(),
                                one.concurrent() == null ? null : one.concurrent() + 1,
                                one.rate()))
                        .toList());
            }
        };
    }

    private static Core losesTimers() {
        return new Mutant() {
            private final Set<String> restarted = new HashSet<>();

            @Override
            public Docket restored(Docket docket) {
                if (docket.open().size() > 1) {
                    restarted.add(docket.open().get(0).requestId());
                }
                return docket;
            }

            @Override
            public @Nullable Instant due(Docket docket) {
                boolean lost = docket.open().stream().anyMatch(one -> restarted.contains(one.requestId()));
                return lost ? null : super.due(docket);
            }
        };
    }

    private static Core answersAnything() {
        return new Mutant() {
            @Override
            Command command(Docket docket, Command command) {
                return command instanceof Command.Complete complete
                        ? task(docket, complete)
                                .<Command>map(task -> answering(complete, task.attempt(), complete.grantId()))
                                .orElse(command)
                        : command;
            }
        };
    }

    private static Core answersAnyGrant() {
        return new Mutant() {
            @Override
            Command command(Docket docket, Command command) {
                return command instanceof Command.Complete complete
                        ? docket.find(complete.requestId())
                                .flatMap(one -> one.authority().grant())
                                .<Command>map(grant -> answering(complete, complete.attempt(), grant.grantId()))
                                .orElse(command)
                        : command;
            }
        };
    }

    private static Optional<TaskState> task(Docket docket, Command.Complete complete) {
        return docket.find(complete.requestId()).flatMap(one -> one.task(complete.system()));
    }

    private static Command.Complete answering(Command.Complete one, int attempt, String grant) {
        return new Command.Complete(
                one.requestId(),
                one.system(),
                attempt,
                grant,
                one.status(),
                one.retryable(),
                one.code(),
                one.outcomes(),
                one.executor(),
                one.finishedAt());
    }

    // ---- decisions heard wrongly

    private static Command.Decide heard(
            Command.Decide one, String id, Verdict verdict, Approver by, Narrowing narrowing, Vouching vouching) {
        return new Command.Decide(
                one.requestId(), id, verdict, by, one.planHash(), one.reason(), narrowing, vouching, one.at());
    }

    private static Command bound(Command command) {
        return command instanceof Command.Decide one
                ? new Command.Decide(
                        one.requestId(),
                        one.decisionId(),
                        one.verdict(),
                        one.approver(),
                        one.planHash(),
                        "because",
                        one.narrowing(),
                        one.vouching(),
                        one.at())
                : command;
    }

    private static Command.Decide vouched(Command.Decide one, Vouching vouching) {
        return heard(one, one.decisionId(), one.verdict(), one.approver(), one.narrowing(), vouching);
    }

    private static Command.Decide by(Command.Decide one, String... parties) {
        String id = List.of(parties).contains(one.approver().id())
                ? "zoe"
                : one.approver().id();
        return heard(one, one.decisionId(), one.verdict(), called(one.approver(), id), one.narrowing(), one.vouching());
    }

    private static Command.Decide asSomebodyElse(Command.Decide one) {
        String id = one.approver().id().isBlank() || one.verdict() != Verdict.APPROVE
                ? one.approver().id()
                : one.approver().id() + one.decisionId();
        return heard(one, one.decisionId(), one.verdict(), called(one.approver(), id), one.narrowing(), one.vouching());
    }

    private static Approver called(Approver one, String id) {
        return new Approver(id, one.groups(), one.kind(), one.attributes());
    }

    private static Command.Decide unnarrowed(Command.Decide one) {
        return heard(one, one.decisionId(), one.verdict(), one.approver(), Narrowing.NONE, one.vouching());
    }

    private static Command.Decide turned(Command.Decide one, Verdict from, Verdict to) {
        Verdict verdict = one.verdict() == from ? to : one.verdict();
        return heard(one, one.decisionId(), verdict, one.approver(), one.narrowing(), one.vouching());
    }

    // ---- other commands heard wrongly

    private static Command everProven(Command command) {
        if (!(command instanceof Command.Verify verify)) {
            return command;
        }
        Verification one = verify.verification();
        return new Command.Verify(
                verify.requestId(),
                new Verification(
                        one.verificationId(),
                        one.kind(),
                        one.proven(),
                        one.level(),
                        one.method(),
                        one.verifiedBy(),
                        one.at(),
                        null,
                        one.reasonCode()),
                verify.reason());
    }

    private static Command emergency(Command command) {
        if (!(command instanceof Command.Submit submit)) {
            return command;
        }
        var one = submit.submission();
        return new Command.Submit(new Submission(
                one.requestId(),
                one.subjectId(),
                one.action(),
                one.regime(),
                one.requester(),
                one.purpose(),
                one.channel(),
                one.scope(),
                one.identifiers(),
                one.submittedAt(),
                "A life is at stake."));
    }

    // ---- the world seen wrongly

    private static World with(World world, Policies policies, boolean everybody) {
        return new World(
                policies,
                everybody ? (predicate, facts) -> true : world.predicates(),
                world.map(),
                world.freezes(),
                world.limits());
    }

    private static World unlimited(World world) {
        return new World(world.policies(), world.predicates(), world.map(), world.freezes(), Limits.EMPTY);
    }

    private static World neverFrozen(World world) {
        return new World(world.policies(), world.predicates(), world.map(), Freezes.EMPTY, world.limits());
    }

    private static World ruled(World world, UnaryOperator<Rule> change) {
        return with(
                world,
                (Facts facts) -> {
                    Judgement made = world.policies().judge(facts);
                    Rule rule = made.rule() == null ? null : change.apply(made.rule());
                    return new Judgement(made.policy(), made.policyVersion(), rule, made.reason(), made.lookedAt());
                },
                false);
    }

    private static Rule longer(Rule one) {
        return rule(one, one.window().plusSeconds(60), one.verification(), one.waiting());
    }

    private static Rule unproven(Rule one) {
        return rule(one, one.window(), VerificationNeed.NONE, one.waiting());
    }

    private static Rule atOnce(Rule one) {
        return rule(one, one.window(), one.verification(), Duration.ZERO);
    }

    private static Rule rule(Rule one, Duration window, VerificationNeed need, Duration waiting) {
        return new Rule(
                one.id(),
                one.when(),
                one.outcome(),
                one.ask(),
                need,
                window,
                one.minimize(),
                one.onGrantEnd(),
                waiting,
                one.review(),
                one.reason());
    }

    // ---- dockets remembered wrongly

    private static Docket withoutHolds(Docket one) {
        return new Docket(one.subjectId(), one.open(), one.closed(), one.early(), List.of());
    }

    private static Docket withoutEarly(Docket one) {
        return new Docket(one.subjectId(), one.open(), one.closed(), List.of(), one.holds());
    }

    private static Docket nothingClosed(Docket one) {
        return new Docket(one.subjectId(), one.open(), List.of(), one.early(), one.holds());
    }

    private static Docket changing(Docket docket, UnaryOperator<Case> change) {
        return new Docket(
                docket.subjectId(),
                docket.open().stream().map(change).toList(),
                docket.closed(),
                docket.early(),
                docket.holds());
    }

    private static Docket unwound(Docket docket) {
        return changing(docket, one -> one.with((Winding) null));
    }

    private static Docket nothingOut(Docket docket) {
        return changing(
                docket,
                one -> one.withTasks(one.tasks().stream()
                        .map(task -> task.outstanding() ? TaskState.waiting(task.system(), task.stage()) : task)
                        .toList()));
    }

    private static Docket undecided(Docket docket) {
        return changing(docket, one -> one.with(decided(one.authority(), List.of())));
    }

    private static Docket forgetful(Docket docket) {
        return changing(
                docket,
                one -> one.with(decided(
                        one.authority(),
                        one.authority().decisions().stream()
                                .map(made -> remade(made, made.decisionId() + "-", made.round()))
                                .toList())));
    }

    private static Docket ofThisRound(Docket docket) {
        return changing(
                docket,
                one -> one.with(decided(
                        one.authority(),
                        one.authority().decisions().stream()
                                .map(made -> remade(
                                        made, made.decisionId(), one.authority().round()))
                                .toList())));
    }

    private static DecisionMade remade(DecisionMade one, String id, int round) {
        return new DecisionMade(
                id,
                one.by(),
                one.verdict(),
                round,
                one.narrowing(),
                one.vouching(),
                one.rejection(),
                one.reason(),
                one.at());
    }

    private static Docket foreverGranted(Docket docket) {
        return changing(docket, one -> {
            Authority was = one.authority();
            List<Grant> grants = was.grants().stream()
                    .map(grant -> new Grant(
                            grant.grantId(),
                            grant.systems(),
                            grant.categories(),
                            grant.notBefore(),
                            grant.notAfter().plus(Duration.ofHours(1)),
                            grant.planHash(),
                            grant.approvedBy()))
                    .toList();
            return one.with(authority(was, was.decisions(), grants));
        });
    }

    private static Authority decided(Authority was, List<DecisionMade> decisions) {
        return authority(was, decisions, was.grants());
    }

    private static Authority authority(Authority was, List<DecisionMade> decisions, List<Grant> grants) {
        return new Authority(
                was.judgement(),
                was.plan(),
                was.planHash(),
                was.round(),
                was.reminded(),
                was.escalated(),
                was.verifications(),
                decisions,
                grants);
    }

    private static Arguments mutant(String fault, Core broken) {
        return Arguments.of(fault, broken);
    }
}
