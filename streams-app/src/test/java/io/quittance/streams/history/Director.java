package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Command.CompletionStatus;
import io.quittance.streams.domain.Command.DirectiveKind;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns steps into what happens, and can tell what that was. */
final class Director {
    private static final int REQUESTS_EACH = 4;
    private static final int ALONE = 20;
    private static final List<Scope> SCOPES = List.of(
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            new Scope(List.of("shop"), List.of()),
            new Scope(List.of("shop", "search"), List.of()),
            new Scope(List.of(), List.of("contact")),
            new Scope(List.of(), List.of("financial")),
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            new Scope(List.of("nowhere"), List.of()));
    private static final List<Action> ACTIONS =
            List.of(Action.DELETE, Action.DELETE, Action.EXPORT, Action.ACCESS, Action.ANONYMIZE);
    /** Ada, and eve more than others: they are in most groups. */
    private static final List<Integer> LIKELY = List.of(0, 0, 1, 2, 3, 4, 4, 4);

    private static final List<Narrowing> NARROWINGS = List.of(
            Narrowing.NONE,
            Narrowing.NONE,
            Narrowing.NONE,
            Narrowing.NONE,
            new Narrowing(List.of("shop"), List.of(), null),
            new Narrowing(List.of("shop", "archive"), List.of(), Duration.ofMinutes(5)),
            new Narrowing(List.of(), List.of("contact"), null),
            new Narrowing(List.of(), List.of("financial"), null),
            new Narrowing(List.of(), List.of(), Duration.ofMinutes(3)),
            new Narrowing(List.of(), List.of(), Duration.ofHours(9)));

    private static final List<String> REFUSED_FOR = List.of("GRANT_NOT_YET_VALID", "FROZEN", "FROZEN", "UNMAPPED");
    private static final List<DirectiveKind> ORDERS = List.of(
            DirectiveKind.HOLD,
            DirectiveKind.HOLD,
            DirectiveKind.LIFT,
            DirectiveKind.LIFT,
            DirectiveKind.CANCEL,
            DirectiveKind.RETRY,
            DirectiveKind.RETRY,
            DirectiveKind.EXTEND,
            DirectiveKind.PAUSE_CLOCK,
            DirectiveKind.RESUME_CLOCK,
            DirectiveKind.ACKNOWLEDGE);
    private static final List<Scope> HELD = List.of(
            Scope.EVERYTHING,
            Scope.EVERYTHING,
            new Scope(List.of("shop"), List.of()),
            new Scope(List.of(), List.of("contact")),
            new Scope(List.of("archive"), List.of("financial")));
    private static final List<Freeze> FREEZES = List.of(
            new Freeze("all", true, Set.of(), Set.of(), Set.of(), null),
            new Freeze("shop", false, Set.of("shop"), Set.of(), Set.of(), null),
            new Freeze("law", false, Set.of(), Set.of("GDPR"), Set.of(), null),
            new Freeze("policy", false, Set.of(), Set.of(), Set.of("default"), null),
            new Freeze("elsewhere", false, Set.of("crm"), Set.of("LGPD"), Set.of("other"), null));

    private final Play play;
    private final List<String> told = new ArrayList<>();
    private final boolean telling;

    Director(Play play, boolean telling) {
        this.play = play;
        this.telling = telling;
    }

    List<String> told() {
        return told;
    }

    void finish() {
        tell("at the end", "everything comes back and time passes until nothing is due");
        for (String subject : Setup.SUBJECTS) {
            play.send(play.desk(subject), direct(null, DirectiveKind.LIFT, Scope.EVERYTHING, null));
        }
        FREEZES.forEach(freeze -> play.around.thaw(freeze.name()));
        play.tickAll();
        // Half of the histories are left alone first, so that times run out.
        play.finish(play.serial() % 2 == 0 ? 0 : ALONE, this::helpOn);
    }

    void carryOut(Step step) {
        switch (step.kind()) {
            case SUBMIT -> submit(step);
            case APPROVE -> approve(step);
            case DENY -> decide(step, promptOr(step), Verdict.DENY);
            case REVOKE -> decide(step, id(step.whom()), Verdict.REVOKE);
            case SIGN -> sign(step);
            case PROVE -> prove(step);
            case ANSWER -> answer(step);
            case ANSWER_LATE -> answer(step, play.issued);
            case WITHDRAW -> send(id(step.whom()), new Command.Withdraw(id(step.whom()), subject(step.whom()), null));
            case ORDER -> order(step);
            case FREEZE -> freeze(step);
            case PASS -> pass(step);
            case SLEEP -> {
                Duration time = Duration.ofSeconds(step.what() % (step.how() % 5 == 0 ? 100_000 : 4_000));
                tell("sleep", time);
                play.sleep(time);
            }
            case SET_BACK -> {
                Duration time = Duration.ofSeconds(-1 - step.what() % 3_600);
                tell("clock set back", time);
                play.sleep(time);
            }
            case REDELIVER -> redeliver(step);
            case CHANGE_MAP -> {
                tell("map changes", system(step.what()));
                play.around.changeMap(system(step.what()));
                play.tickAll();
            }
            case TOPIC -> {
                boolean there = step.how() % 2 == 0;
                tell(there ? "topic appears" : "topic vanishes", system(step.what()));
                play.around.topic(system(step.what()), there);
            }
            case DELIVER -> deliver(step);
            case RESTART -> restart(step);
            case CHANGE_LIMIT -> changeLimit(step);
            case CHANGE_POLICY -> {
                int purpose = step.what() % 2;
                tell("policy changes", "p" + purpose);
                play.around.rule(purpose, Setup.asking(new Random(step.how())));
            }
        }
    }

    private void submit(Step step) {
        String subject = subject(step.whom());
        String id = id(step.whom());
        int purpose = pick(List.of(0, 0, 0, 0, 1, 1, 2, 2, 3, 3), step.what());
        boolean claims = purpose == Setup.EMERGENCY && step.how() % 8 != 0;
        String by = step.how() % 5 == 0 ? "agent" : subject;
        send(
                id,
                new Command.Submit(new Submission(
                        id,
                        subject,
                        pick(ACTIONS, step.what() / 16),
                        step.how() % 3 == 0 ? "UK_GDPR" : "GDPR",
                        new Requester(
                                by.equals("agent") ? RequesterType.AGENT : RequesterType.SUBJECT,
                                by,
                                List.of(),
                                null,
                                null,
                                null),
                        "p" + purpose,
                        Channel.DASHBOARD,
                        pick(SCOPES, step.how() / 8),
                        new Identifiers(Map.of("customer_id", step.how() % 11 == 0 ? "42" : "42-" + id), null),
                        play.now,
                        claims ? "A life is at stake." : null)));
    }

    /** With nothing to approve somebody usually asks for something; too many histories would get nowhere otherwise. */
    private void approve(Step step) {
        if (play.model.prompted().isEmpty() && step.how() % 4 != 0) {
            submit(step);
        } else {
            decide(step, promptOr(step), Verdict.APPROVE);
        }
    }

    private void decide(Step step, String id, Verdict verdict) {
        Approver approver = pick(Setup.people(id.substring(0, 2)), step.what());
        // Most of the time somebody who is likely to count, so that histories get somewhere.
        if (step.what() % 3 != 0) {
            approver = Setup.people(id.substring(0, 2)).get(pick(LIKELY, step.what() / 16));
        }
        boolean unsigned = step.how() % 5 == 0;
        send(
                id,
                new Command.Decide(
                        id,
                        "d" + play.serial(),
                        verdict,
                        approver,
                        hash(step, id),
                        step.how() % 13 == 0 ? null : "because",
                        verdict == Verdict.APPROVE ? pick(NARROWINGS, step.how() / 32) : Narrowing.NONE,
                        unsigned ? Vouching.BY_TOPIC : Vouching.bySignature("key-1"),
                        play.now));
    }

    private @Nullable String hash(Step step, String id) {
        int draw = step.how() % 17;
        return draw == 0 ? null : draw == 1 ? "0".repeat(64) : play.model.shownHash(id);
    }

    private void sign(Step step) {
        List<String> waiting = play.model.underReview();
        String id = waiting.isEmpty() ? id(step.whom()) : pick(waiting, step.whom());
        Approver approver = pick(Setup.people(id.substring(0, 2)), step.what());
        signAs(
                id,
                approver,
                step.how() % 3 == 0 ? Verdict.OBJECT : Verdict.SIGN_OFF,
                step.how() % 7 == 0 ? " " : "seen");
    }

    private void helpOn() {
        play.model.outstanding().forEach(task -> answer(new Step(Step.Kind.ANSWER, 0, 2, 1), List.of(task)));
        for (String id : play.model.underReview()) {
            signAs(id, Setup.people(id.substring(0, 2)).get(4), Verdict.SIGN_OFF, "seen");
        }
    }

    private void signAs(String id, Approver approver, Verdict verdict, String reason) {
        send(
                id,
                new Command.Decide(
                        id,
                        "d" + play.serial(),
                        verdict,
                        approver,
                        null,
                        reason,
                        Narrowing.NONE,
                        Vouching.bySignature("key-1"),
                        play.now));
    }

    private void prove(Step step) {
        String id = id(step.whom());
        var kind = step.what() % 4 == 0 ? Verification.Kind.INTENT : Verification.Kind.IDENTITY;
        Instant expires = step.how() % 3 == 0 ? play.now.plusSeconds(step.how() % 7_000 - 600) : null;
        var made = new Verification(
                "v" + play.serial(),
                kind,
                step.how() % 9 != 0,
                step.what() / 4 % 3,
                "totp",
                "identity-service",
                play.now,
                expires,
                null);
        send(id, new Command.Verify(id, made, null));
    }

    private void answer(Step step) {
        List<Effect.IssueTask> out = play.model.outstanding();
        if (step.how() % 3 == 0) {
            out.forEach(task -> answer(step, List.of(task)));
        } else {
            answer(step, out);
        }
    }

    private void answer(Step step, List<Effect.IssueTask> among) {
        if (among.isEmpty()) {
            return;
        }
        Effect.IssueTask task = pick(among, step.whom());
        String id = task.of().requestId();
        CompletionStatus status = switch (step.what() % 8) {
            case 0 -> CompletionStatus.FAILED;
            case 1 -> CompletionStatus.REFUSED;
            default -> CompletionStatus.DONE;
        };
        send(
                id,
                new Command.Complete(
                        id,
                        task.task().system(),
                        task.task().attempt(),
                        step.how() % 29 == 0 ? "other" : task.grant().grantId(),
                        status,
                        step.how() % 2 == 0,
                        status == CompletionStatus.REFUSED ? pick(REFUSED_FOR, step.how()) : "TARGET_DOWN",
                        status == CompletionStatus.DONE ? outcomes(step, task) : List.of(),
                        step.how() % 31 == 0 ? "ada 1" : "jdbc 0.1",
                        play.now));
    }

    private static List<DatasetOutcome> outcomes(Step step, Effect.IssueTask task) {
        Disposition disposition = switch (task.of().request().action()) {
            case DELETE -> Disposition.ERASED;
            case ANONYMIZE -> Disposition.ANONYMIZED;
            case ACCESS, EXPORT, UNKNOWN -> Disposition.NOT_FOUND;
        };
        long left = step.how() % 19 == 0 ? 1 : 0;
        List<Dataset> reported = step.how() % 23 == 0
                ? task.datasets().subList(1, task.datasets().size())
                : task.datasets();
        return reported.stream()
                .map(dataset -> new DatasetOutcome(dataset.name(), disposition, 3, 3, left, null, null, null))
                .toList();
    }

    private void order(Step step) {
        DirectiveKind kind = pick(ORDERS, step.what());
        boolean subject = kind == DirectiveKind.HOLD || kind == DirectiveKind.LIFT || step.how() % 8 == 0;
        String id = id(step.whom());
        List<String> holds = play.model.holds(id.substring(0, 2));
        boolean any = kind != DirectiveKind.LIFT || holds.isEmpty() || step.how() % 2 == 0;
        Scope scope = kind == DirectiveKind.HOLD ? pick(HELD, step.how()) : Scope.EVERYTHING;
        send(id, direct(subject ? null : id, kind, scope, any ? null : pick(holds, step.how())));
    }

    private Command.Direct direct(@Nullable String id, DirectiveKind kind, Scope scope, @Nullable String holdId) {
        return new Command.Direct(id, "o" + play.serial(), kind, "legal", "because", scope, holdId);
    }

    private void freeze(Step step) {
        Freeze freeze = pick(FREEZES, step.what());
        if (step.how() % 3 == 0) {
            tell("thaw", freeze.name());
            play.around.thaw(freeze.name());
        } else {
            Instant until = step.how() % 3 == 1 ? play.now.plusSeconds(step.whom() % 5_000) : null;
            tell("freeze", freeze.name() + " until " + until);
            play.around.freeze(new Freeze(
                    freeze.name(), freeze.everything(), freeze.systems(), freeze.regimes(), freeze.policies(), until));
        }
        play.tickAll();
    }

    private void pass(Step step) {
        int longest = pick(List.of(20, 120, 400, 2_000, 4_000, 100_000), step.how());
        Duration time = Duration.ofSeconds(step.what() % longest);
        tell("pass", time);
        play.pass(time);
    }

    private void redeliver(Step step) {
        if (!play.sent.isEmpty()) {
            Play.Sent again = pick(play.sent, step.whom());
            tell("redeliver", () -> describe(again.command()));
            play.redeliver(again);
        }
    }

    private void deliver(Step step) {
        Desk desk = pick(play.desks, step.whom());
        int most = 1 + step.how() % 3;
        tell("deliver " + most, step.what() % 2 == 0 ? "claims of " + desk.subject : "permits to " + desk.subject);
        if (step.what() % 2 == 0) {
            play.deliverClaims(desk, most);
        } else {
            play.deliverPermits(desk, most);
        }
    }

    private void restart(Step step) {
        if (step.what() % 3 == 0) {
            tell("restart", "limiter");
            play.restartLimiter();
        } else {
            tell("restart", pick(play.desks, step.whom()).subject);
            play.restart(pick(play.desks, step.whom()));
        }
    }

    private void changeLimit(Step step) {
        int count = play.around.limits.size();
        if (count > 0) {
            var old = play.around.limits.get(step.whom() % count);
            tell("limit changes", old.name());
            play.around.limit(step.whom() % count, Setup.changed(old, new Random(step.how())));
            play.model.limitsChanged();
            play.limitsChanged();
        }
    }

    private void send(String id, Command command) {
        tell("send", () -> describe(command));
        play.send(play.desk(id.substring(0, 2)), command);
    }

    private void tell(String what, Object about) {
        tell(what, about::toString);
    }

    /** Only a history that somebody reads is worth the words. */
    private void tell(String what, Supplier<String> about) {
        if (telling) {
            told.add(play.now + "  " + what + " " + about.get());
        }
    }

    private static String describe(Command command) {
        if (command instanceof Command.Decide decide) {
            return decide.verdict() + " of " + decide.requestId() + " by \""
                    + decide.approver().id() + "\""
                    + (decide.planHash() == null ? ", no hash" : "")
                    + (decide.narrowing().equals(Narrowing.NONE) ? "" : ", " + decide.narrowing())
                    + (decide.vouching().signed() ? "" : ", unsigned");
        } else if (command instanceof Command.Submit submit) {
            var request = submit.submission();
            return request.requestId() + " " + request.action() + " " + request.scope() + " for " + request.purpose()
                    + " by " + request.requester().id();
        }
        return command.toString();
    }

    private String promptOr(Step step) {
        List<String> open = play.model.prompted();
        return open.isEmpty() ? id(step.whom()) : pick(open, step.whom());
    }

    private static String subject(int whom) {
        return pick(Setup.SUBJECTS, whom);
    }

    private static String id(int whom) {
        return subject(whom) + "-r" + whom / 16 % REQUESTS_EACH;
    }

    private static String system(int what) {
        return pick(Setup.SYSTEMS, what);
    }

    private static <T> T pick(List<T> list, int number) {
        return list.get(number % list.size());
    }
}
