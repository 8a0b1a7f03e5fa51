package io.quittance.streams.codec;

import static io.quittance.streams.codec.CommonMapping.each;
import static io.quittance.streams.codec.ReferenceReader.A_YEAR_MS;

import io.quittance.schema.Ask;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.OnSilence;
import io.quittance.streams.domain.policy.Requirement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a rule asks, checked. */
final class AskMapping {
    private static final int MOST_ALTERNATIVES = 10;
    private static final int MOST_APPROVERS = 20;

    private AskMapping() {}

    static ApprovalAsk ask(Ask ask) {
        Require.known("ask.on_silence", ask.getOnSilence());
        Duration answerWithin = ReferenceReader.duration("ask.answer_within_ms", ask.getAnswerWithinMs(), A_YEAR_MS);
        return new ApprovalAsk(
                alternatives(ask),
                (int) Require.range("ask.deny_threshold", ask.getDenyThreshold(), 1, MOST_APPROVERS),
                answerWithin,
                within("ask.remind_after_ms", ask.getRemindAfterMs(), answerWithin),
                escalation(ask.getEscalation(), answerWithin),
                Enums.to(OnSilence.class, ask.getOnSilence()),
                ask.getReasonRequired(),
                ask.getHashRequired(),
                ask.getSignatureRequired());
    }

    /** Either the shorthand, or alternatives: both at once would leave open which is meant. */
    private static List<Alternative> alternatives(Ask ask) {
        Require.that(
                ask.getAnyOf().isEmpty() != ask.getGroup().isEmpty(),
                "ask has to name either a group or alternatives (any_of), and not both");
        if (ask.getAnyOf().isEmpty()) {
            var shorthand =
                    new Requirement(Require.group("ask.group", ask.getGroup()), count(ask.getCount()), false, null);
            return List.of(new Alternative(List.of(shorthand)));
        }
        return alternatives(ask.getAnyOf());
    }

    private static List<Alternative> alternatives(List<io.quittance.schema.Alternative> anyOf) {
        Require.range("any_of: the number of alternatives", anyOf.size(), 1, MOST_ALTERNATIVES);
        return each(anyOf, AskMapping::alternative);
    }

    private static Alternative alternative(io.quittance.schema.Alternative alternative) {
        var mapped = new Alternative(each(alternative.getAllOf(), AskMapping::requirement));
        Require.range("all_of: the number of approvers", mapped.needed(), 1, MOST_APPROVERS);
        return mapped;
    }

    private static Requirement requirement(io.quittance.schema.Requirement requirement) {
        String when = requirement.getWhen();
        return new Requirement(
                Require.group("all_of.group", requirement.getGroup()),
                count(requirement.getCount()),
                requirement.getMachine(),
                when == null ? null : ReferenceReader.condition(when));
    }

    private static @Nullable Escalation escalation(
            io.quittance.schema.@Nullable Escalation escalation, Duration answerWithin) {
        if (escalation == null) {
            return null;
        }
        Require.known("escalation.mode", escalation.getMode());
        return new Escalation(
                before("escalation.after_ms", escalation.getAfterMs(), answerWithin),
                Enums.to(Escalation.Mode.class, escalation.getMode()),
                alternatives(escalation.getAnyOf()));
    }

    private static int count(int count) {
        return (int) Require.range("count", count, 1, MOST_APPROVERS);
    }

    private static @Nullable Duration within(String field, @Nullable Long millis, Duration answerWithin) {
        return millis == null ? null : before(field, millis, answerWithin);
    }

    /** What is to happen while an answer is waited for has to happen before the time to answer is over. */
    private static Duration before(String field, long millis, Duration answerWithin) {
        return Duration.ofMillis(Require.range(field, millis, 1, answerWithin.toMillis() - 1));
    }
}
