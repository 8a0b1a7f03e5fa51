package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.OnGrantEnd;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Review;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.domain.policy.VerificationNeed;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules in which nothing is odd but what a test says. */
record RuleFixture(
        String id,
        String when,
        RuleOutcome outcome,
        @Nullable ApprovalAsk ask,
        VerificationNeed verification,
        Duration window,
        Duration waiting,
        @Nullable Review review,
        String reason) {

    static RuleFixture rule(String id, String when, RuleOutcome outcome) {
        return new RuleFixture(
                id,
                when,
                outcome,
                null,
                VerificationNeed.NONE,
                Duration.ofMinutes(30),
                Duration.ZERO,
                null,
                "Because it is so.");
    }

    static RuleFixture approve(String id, String when) {
        return rule(id, when, RuleOutcome.APPROVE);
    }

    static RuleFixture deny(String id, String when) {
        return rule(id, when, RuleOutcome.DENY);
    }

    static RuleFixture ask(String id, String when, Requirement... allOf) {
        return rule(id, when, RuleOutcome.ASK).with(asking(allOf));
    }

    static ApprovalAsk asking(Requirement... allOf) {
        return new ApprovalAsk(
                List.of(new Alternative(List.of(allOf))),
                1,
                Duration.ofDays(3),
                null,
                null,
                OnSilence.EXPIRE,
                false,
                true,
                false);
    }

    static Requirement of(String group, int count) {
        return new Requirement(group, count, false, null);
    }

    static Requirement of(String group, int count, String when) {
        return new Requirement(group, count, false, when);
    }

    RuleFixture with(ApprovalAsk other) {
        return new RuleFixture(id, when, outcome, other, verification, window, waiting, review, reason);
    }

    RuleFixture with(VerificationNeed other) {
        return new RuleFixture(id, when, outcome, ask, other, window, waiting, review, reason);
    }

    RuleFixture with(Review other) {
        return new RuleFixture(id, when, outcome, ask, verification, window, waiting, other, reason);
    }

    RuleFixture window(Duration other) {
        return new RuleFixture(id, when, outcome, ask, verification, other, waiting, review, reason);
    }

    RuleFixture waiting(Duration other) {
        return new RuleFixture(id, when, outcome, ask, verification, window, other, review, reason);
    }

    RuleFixture reason(String other) {
        return new RuleFixture(id, when, outcome, ask, verification, window, waiting, review, other);
    }

    RuleFixture silence(OnSilence other) {
        ApprovalAsk now = asked();
        return with(new ApprovalAsk(
                now.anyOf(), now.denyThreshold(), now.answerWithin(), null, null, other, false, true, false));
    }

    RuleFixture denyThreshold(int other) {
        ApprovalAsk now = asked();
        return with(new ApprovalAsk(
                now.anyOf(), other, now.answerWithin(), null, null, now.onSilence(), false, true, false));
    }

    RuleFixture times(Duration answer, @Nullable Duration remind, @Nullable Duration escalate) {
        ApprovalAsk now = asked();
        Escalation escalation =
                escalate == null ? null : new Escalation(escalate, Escalation.Mode.REPLACE, now.anyOf());
        return with(new ApprovalAsk(now.anyOf(), 1, answer, remind, escalation, now.onSilence(), false, true, false));
    }

    RuleFixture withoutHash() {
        ApprovalAsk now = asked();
        return with(
                new ApprovalAsk(now.anyOf(), 1, now.answerWithin(), null, null, now.onSilence(), false, false, false));
    }

    RuleFixture or(Requirement... allOf) {
        ApprovalAsk now = asked();
        return with(new ApprovalAsk(
                List.of(now.anyOf().get(0), new Alternative(List.of(allOf))),
                1,
                now.answerWithin(),
                null,
                null,
                now.onSilence(),
                false,
                true,
                false));
    }

    Rule make() {
        return new Rule(
                id, when, outcome, ask, verification, window, List.of(), OnGrantEnd.EXPIRE, waiting, review, reason);
    }

    private ApprovalAsk asked() {
        if (ask == null) {
            throw new IllegalStateException("asks nobody");
        }
        return ask;
    }
}
