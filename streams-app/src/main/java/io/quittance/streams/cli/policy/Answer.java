package io.quittance.streams.cli.policy;

import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Requirement;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a policy answers, as texts by the keys that a case's expectations have. Absent is what the answer lacks. */
public final class Answer {

    static final String OUTCOME = "outcome";
    static final String RULE = "rule";
    static final String REASON = "reason";
    static final String MINIMIZE = "minimize";

    private Answer() {}

    /** approve, deny, ask or no-match, in capitals and with an underscore. */
    public static String outcome(Judgement judgement) {
        return judgement.outcome().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static SortedMap<String, String> of(Judgement judgement) {
        SortedMap<String, String> answer = new TreeMap<>();
        answer.put(OUTCOME, outcome(judgement));
        answer.put(REASON, judgement.reason());
        if (judgement.rule() != null) {
            rule(judgement.rule(), answer);
        }
        return answer;
    }

    static String text(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    static String text(@Nullable Duration duration) {
        return duration == null ? "never" : Durations.format(duration);
    }

    private static void rule(Rule rule, SortedMap<String, String> answer) {
        answer.put(RULE, rule.id());
        answer.put("window", text(rule.window()));
        answer.put("waiting", text(rule.waiting()));
        answer.put("on_grant_end", rule.onGrantEnd().name());
        answer.put(
                MINIMIZE,
                text(rule.minimize().stream()
                        .map(one -> one.category() + ": " + one.transformation())
                        .collect(Collectors.toList())));
        answer.put(
                "verification.identity_level",
                String.valueOf(rule.verification().identityLevel()));
        answer.put("verification.intent", String.valueOf(rule.verification().intent()));
        answer.put("verification.within", text(rule.verification().within()));
        answer.put("verification.max_age", text(rule.verification().maxAge()));
        if (rule.review() != null) {
            answer.put("review.group", rule.review().group());
            answer.put("review.within", text(rule.review().within()));
        }
        if (rule.ask() != null) {
            ask(rule.ask(), answer);
        }
    }

    private static void ask(ApprovalAsk ask, SortedMap<String, String> answer) {
        whom(ask.anyOf(), "ask.", answer);
        answer.put("ask.deny_threshold", String.valueOf(ask.denyThreshold()));
        answer.put("ask.answer_within", text(ask.answerWithin()));
        answer.put("ask.remind_after", text(ask.remindAfter()));
        answer.put("ask.on_silence", ask.onSilence().name());
        answer.put("ask.reason_required", String.valueOf(ask.reasonRequired()));
        answer.put("ask.hash_required", String.valueOf(ask.hashRequired()));
        answer.put("ask.signature_required", String.valueOf(ask.signatureRequired()));
        if (ask.escalation() != null) {
            answer.put("ask.escalation.after", text(ask.escalation().after()));
            answer.put("ask.escalation.mode", ask.escalation().mode().name());
            whom(ask.escalation().anyOf(), "ask.escalation.", answer);
        }
    }

    /** Groups and counts; and, where they do not say all, whose approval fills each place. */
    private static void whom(List<Alternative> ways, String prefix, SortedMap<String, String> answer) {
        answer.put(prefix + "groups", text(ApprovalAsk.groups(ways)));
        answer.put(prefix + "alternatives", ways(ways, Answer::place));
        if (ways.stream().flatMap(way -> way.allOf().stream()).anyMatch(Answer::isParticular)) {
            answer.put(prefix + "requirements", ways(ways, one -> place(one) + particulars(one)));
        }
    }

    private static String ways(List<Alternative> ways, Function<Requirement, String> shown) {
        return ways.stream()
                .map(way -> way.allOf().stream().map(shown).sorted().collect(Collectors.joining(" + ")))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String place(Requirement requirement) {
        return requirement.count() + " " + requirement.group();
    }

    private static boolean isParticular(Requirement requirement) {
        return requirement.machine() || requirement.when() != null;
    }

    private static String particulars(Requirement requirement) {
        String predicate =
                requirement.when() == null ? "" : " when " + requirement.when().strip();
        return (requirement.machine() ? " by machine" : "") + predicate;
    }
}
