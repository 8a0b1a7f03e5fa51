package io.quittance.proving.load;

import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import io.quittance.proving.load.Script.Answer;
import io.quittance.proving.load.Script.Way;
import io.quittance.schema.Action;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Verdict;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Plays what requesters, operators and lawyers do; approvers play their part when they are prompted. */
final class Stories {
    /** Of requests that nobody stops. The window may shut while something is broken. */
    private static final List<String> DONE = List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED");
    /** Of those that somebody has to approve in time. */
    private static final List<String> ASKED =
            List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED", "EXPIRED:NO_ANSWER_IN_TIME");

    /** Of those that a hold may stop. */
    private static final List<String> HELD = List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED", "EXPIRED:LEGAL_HOLD");

    private static final List<Action> ANY_ACTION = List.of(Action.ACCESS, Action.EXPORT, Action.DELETE);

    private final Stage stage;

    Stories(Stage stage) {
        this.stage = stage;
    }

    void play(StoryKind kind, Random dice) {
        switch (kind) {
            case AUTO_ACCESS -> go(submit(kind, dice, Action.ACCESS, "auto", DONE));
            case AUTO_EXPORT -> go(submit(kind, dice, Action.EXPORT, "auto", DONE));
            case AUTO_DELETE -> go(submit(kind, dice, Action.DELETE, "auto", DONE));
            case AUTO_ANONYMIZE -> go(submit(kind, dice, Action.ANONYMIZE, "auto", DONE));
            // Without limits and stages, so that the work goes out at once and an executor is all that it waits for.
            case AUTO_BRIEFLY ->
                go(submit(kind, dice, Action.ANONYMIZE, "auto-briefly", DONE).within(Estate.CRM));
            case PROVEN -> proven(dice);
            case UNPROVEN -> unproven(dice);
            case ASK_ONE -> askOne(kind, dice, any(dice), List.of(approval(dice)));
            case ASK_TWO -> askTwo(dice);
            case HALF_APPROVED -> halfApproved(dice);
            case NARROWED ->
                askOne(kind, dice, Action.DELETE, List.of(approval(dice).only(Estate.CRM)));
            case DENIED -> denied(dice);
            case DENIED_BY_RULE -> refused(kind, dice, "forbidden");
            case NO_RULE -> refused(kind, dice, "unheard-of");
            case SILENCE -> silent(kind, dice, List.of());
            case WITHDRAWN_WAITING_FOR_APPROVAL -> withdrawnUnanswered(dice);
            case WITHDRAWN_WAITING -> withdrawnLater(kind, dice, "wait", 500 + dice.nextInt(2_000));
            case WITHDRAWN_EXECUTING -> withdrawnLater(kind, dice, "auto", dice.nextInt(1_500));
            case REVOKED -> revoked(dice);
            case CANCELLED -> cancelled(dice);
            case CONFLICT -> conflict(dice);
            case HELD -> held(dice);
            case HELD_EXECUTING -> heldExecuting(dice);
            case DUPLICATE -> duplicate(dice);
            case REPEATED -> repeated(dice);
            case EARLY -> early(dice);
            case MISROUTED -> misrouted(dice);
            case TAMPERED ->
                askOne(kind, dice, any(dice), List.of(approval(dice).in(Way.TAMPERED), later(approval(dice))));
            case TAMPERED_ONLY -> silent(kind, dice, List.of(approval(dice).in(Way.TAMPERED)));
            case SELF_APPROVAL -> silent(kind, dice, List.of(approval(dice).in(Way.INELIGIBLE)));
            case SENSELESS -> stage.garbage().senseless(stage.nextPerson(), dice);
            case PROBE, FLOOD, FREEZE, POISON -> throw new IllegalArgumentException(kind + " is not a request's story");
        }
    }

    private Ask submit(StoryKind kind, Random dice, Action action, String purpose, List<String> expected) {
        return new Ask(stage, kind, stage.nextPerson(), action, purpose, "staff-" + dice.nextInt(50))
                .expecting(expected);
    }

    /** Publishes at the end of the story's first scene; the rest follows from what the brokers say. */
    private static CompletableFuture<Place> go(Ask ask) {
        return ask.publish();
    }

    private void proven(Random dice) {
        Ask ask = submit(StoryKind.PROVEN, dice, Action.ACCESS, "proven", withUnproven());
        stage.after(go(ask), dice.nextInt(600), () -> ask.verify(true));
    }

    private static List<String> withUnproven() {
        return List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED", "EXPIRED:NO_ANSWER_IN_TIME");
    }

    private void unproven(Random dice) {
        Ask ask = submit(
                        StoryKind.UNPROVEN,
                        dice,
                        Action.EXPORT,
                        "proven",
                        List.of("DENIED", "EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        stage.after(go(ask), dice.nextInt(600), () -> ask.verify(false));
    }

    private Ask askOne(StoryKind kind, Random dice, Action action, List<Answer> answers) {
        Ask ask = submit(kind, dice, action, "ask-one", ASKED).needing(1);
        ask.answeredBy(answers);
        go(ask);
        return ask;
    }

    private void askTwo(Random dice) {
        Ask ask = submit(StoryKind.ASK_TWO, dice, any(dice), "ask-two", ASKED).needing(2);
        ask.answeredBy(List.of(approval(dice), Answer.approve("counsel-" + dice.nextInt(5), Events.LEGAL, 300)));
        go(ask);
    }

    private void halfApproved(Random dice) {
        Ask ask = submit(
                        StoryKind.HALF_APPROVED,
                        dice,
                        Action.DELETE,
                        "ask-two",
                        List.of("CANCELLED:WITHDRAWN", "EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        ask.answeredBy(List.of(approval(dice), later(approval(dice))));
        stage.after(go(ask), 3_000, ask::withdraw);
    }

    private void denied(Random dice) {
        Ask ask = submit(
                        StoryKind.DENIED,
                        dice,
                        Action.DELETE,
                        "ask-one",
                        List.of("DENIED", "EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        ask.answeredBy(List.of(Answer.deny("officer-" + dice.nextInt(9), dice.nextInt(500)), later(approval(dice))));
        go(ask);
    }

    private void refused(StoryKind kind, Random dice, String purpose) {
        go(submit(kind, dice, any(dice), purpose, List.of("DENIED")).permitting(false));
    }

    private void silent(StoryKind kind, Random dice, List<Answer> answers) {
        Ask ask = submit(kind, dice, Action.DELETE, "ask-briefly", List.of("EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        ask.answeredBy(answers);
        go(ask);
    }

    private void withdrawnUnanswered(Random dice) {
        Ask ask = submit(
                        StoryKind.WITHDRAWN_WAITING_FOR_APPROVAL,
                        dice,
                        Action.DELETE,
                        "ask-one",
                        List.of("CANCELLED:WITHDRAWN", "EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        stage.after(go(ask), dice.nextInt(1_000), ask::withdraw);
    }

    private void withdrawnLater(StoryKind kind, Random dice, String purpose, int afterMs) {
        Ask ask = submit(
                kind, dice, any(dice), purpose, List.of("CANCELLED:WITHDRAWN", "FULFILLED", "EXPIRED:GRANT_EXPIRED"));
        stage.after(go(ask), afterMs, ask::withdraw);
    }

    private void revoked(Random dice) {
        Ask ask = submit(
                        StoryKind.REVOKED,
                        dice,
                        any(dice),
                        "ask-one",
                        List.of("EXPIRED:REVOKED", "FULFILLED", "EXPIRED:GRANT_EXPIRED", "EXPIRED:NO_ANSWER_IN_TIME"))
                .needing(1);
        ask.answeredBy(List.of(approval(dice).in(Way.REVOKED_SOON)));
        go(ask);
    }

    private void cancelled(Random dice) {
        Ask ask = submit(
                        StoryKind.CANCELLED,
                        dice,
                        Action.DELETE,
                        "ask-one",
                        List.of("CANCELLED:CANCELLED_BY_ORDER", "EXPIRED:NO_ANSWER_IN_TIME"))
                .permitting(false);
        ask.whenPrompted(() ->
                ask.direct(Kind.CANCELLED, DirectiveKind.CANCEL, stage.ids().next(), null));
        go(ask);
    }

    private void conflict(Random dice) {
        Ask export = submit(StoryKind.CONFLICT, dice, Action.EXPORT, "auto", DONE);
        Ask delete = export.another(Action.DELETE).expecting(DONE);
        Ask access = export.another(Action.ACCESS).expecting(DONE);
        go(export);
        go(delete);
        go(access);
    }

    private void held(Random dice) {
        // The hold is read from another topic, and may be read after the request.
        Ask ask = submit(StoryKind.HELD, dice, Action.DELETE, "auto", HELD);
        String hold = stage.ids().next();
        CompletableFuture<Place> placed = ask.hold(hold);
        stage.after(placed, 1_500, () -> stage.after(go(ask), 3_000 + dice.nextInt(2_000), () -> ask.lift(hold)));
    }

    private void heldExecuting(Random dice) {
        Ask ask = submit(StoryKind.HELD_EXECUTING, dice, Action.DELETE, "auto", HELD);
        String hold = stage.ids().next();
        stage.after(
                go(ask),
                dice.nextInt(800),
                () -> stage.after(ask.hold(hold), 4_000 + dice.nextInt(2_000), () -> ask.lift(hold)));
    }

    private void duplicate(Random dice) {
        Ask ask = submit(StoryKind.DUPLICATE, dice, any(dice), "auto", DONE);
        Ask same = ask.another(ask.action())
                .expecting(List.of("CANCELLED:DUPLICATE_OF_OPEN", "FULFILLED", "EXPIRED:GRANT_EXPIRED"));
        stage.after(go(ask), dice.nextInt(300), () -> go(same));
    }

    private void repeated(Random dice) {
        Ask ask = submit(StoryKind.REPEATED, dice, Action.DELETE, "auto", DONE);
        stage.after(go(ask), dice.nextInt(3_000), ask::repeat);
    }

    private void early(Random dice) {
        Ask ask = submit(StoryKind.EARLY, dice, any(dice), "ask-early", ASKED).needing(1);
        // In case the first answer has been forgotten by the time the question arrives.
        ask.answeredBy(List.of(new Answer("APPROVE", "officer-10", Events.PRIVACY_TEAM, 20_000, Way.PLAIN, null)));
        stage.after(ask.decide(approval(dice), Verdict.APPROVE, null), 100 + dice.nextInt(400), () -> go(ask));
    }

    private void misrouted(Random dice) {
        Ask ask = submit(StoryKind.MISROUTED, dice, any(dice), "ask-one", ASKED).needing(1);
        ask.answeredBy(List.of(approval(dice).in(Way.MISROUTED)));
        if (dice.nextBoolean()) {
            ask.publishUnder(ask.requestId());
        } else {
            ask.publishAstray();
        }
    }

    private static Answer approval(Random dice) {
        return Answer.approve("officer-" + dice.nextInt(9), Events.PRIVACY_TEAM, dice.nextInt(500));
    }

    private static Answer later(Answer answer) {
        return new Answer(
                answer.verdict(),
                answer.approver(),
                answer.group(),
                answer.afterMs() + 1_500,
                answer.way(),
                answer.onlySystem());
    }

    private static Action any(Random dice) {
        return ANY_ACTION.get(dice.nextInt(ANY_ACTION.size()));
    }
}
