package io.quittance.streams.cli.policy;

import io.quittance.streams.yaml.Durations;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a case expects, as texts by the keys of {@link Answer}. */
final class ExpectReader {

    private static final int LONGEST = 8_192;
    private static final Set<String> OUTCOMES = Set.of("APPROVE", "DENY", "ASK", "NO_MATCH");

    private ExpectReader() {}

    static SortedMap<String, String> read(YamlMapping yaml) {
        SortedMap<String, String> expected = new TreeMap<>();
        outcome(yaml, expected);
        texts(yaml, "", List.of(Answer.RULE, Answer.REASON, "on_grant_end"), expected);
        times(yaml, "", List.of("window", "waiting"), expected);
        yaml.optional(Answer.MINIMIZE)
                .ifPresent(at -> expected.put(
                        Answer.MINIMIZE,
                        Answer.text(yaml.entries(
                                Answer.MINIMIZE,
                                (category, how) ->
                                        category + ": " + how.scalar().orElse("")))));
        yaml.optional("verification").map(YamlMapping::of).ifPresent(verification -> {
            texts(verification, "verification.", List.of("identity_level", "intent"), expected);
            times(verification, "verification.", List.of("within", "max_age"), expected);
            verification.refuseOtherKeys();
        });
        yaml.optional("review").map(YamlMapping::of).ifPresent(review -> {
            texts(review, "review.", List.of("group"), expected);
            times(review, "review.", List.of("within"), expected);
            review.refuseOtherKeys();
        });
        yaml.optional("ask").map(YamlMapping::of).ifPresent(ask -> ask(ask, expected));
        yaml.refuseOtherKeys();
        if (expected.isEmpty()) {
            yaml.problem("Expect something, at least 'outcome' or 'rule': a case that expects nothing cannot fail.");
        }
        return expected;
    }

    private static void outcome(YamlMapping yaml, SortedMap<String, String> expected) {
        yaml.optional(Answer.OUTCOME).ifPresent(value -> {
            String outcome = YamlMapping.textOf(value, Answer.OUTCOME, LONGEST);
            if (!OUTCOMES.contains(outcome)) {
                value.problem("'outcome' must be one of APPROVE, ASK, DENY, NO_MATCH.");
            }
            expected.put(Answer.OUTCOME, outcome);
        });
    }

    private static void ask(YamlMapping ask, SortedMap<String, String> expected) {
        whom(ask, "ask.", expected);
        texts(
                ask,
                "ask.",
                List.of("deny_threshold", "on_silence", "reason_required", "hash_required", "signature_required"),
                expected);
        times(ask, "ask.", List.of("answer_within", "remind_after"), expected);
        ask.optional("escalation").map(YamlMapping::of).ifPresent(escalation -> {
            times(escalation, "ask.escalation.", List.of("after"), expected);
            texts(escalation, "ask.escalation.", List.of("mode"), expected);
            whom(escalation, "ask.escalation.", expected);
            escalation.refuseOtherKeys();
        });
        ask.refuseOtherKeys();
    }

    /** A predicate may have several lines, so a requirement may. */
    private static void whom(YamlMapping yaml, String prefix, SortedMap<String, String> expected) {
        List.of("groups", "alternatives", "requirements").forEach(key -> {
            if (yaml.has(key)) {
                expected.put(
                        prefix + key,
                        Answer.text(yaml.list(
                                key,
                                node -> YamlMapping.linesOf(node, key, LONGEST).strip())));
            }
        });
    }

    private static void texts(YamlMapping yaml, String prefix, List<String> keys, SortedMap<String, String> expected) {
        keys.forEach(key -> yaml.optional(key)
                .ifPresent(value -> expected.put(prefix + key, YamlMapping.textOf(value, key, LONGEST))));
    }

    private static void times(YamlMapping yaml, String prefix, List<String> keys, SortedMap<String, String> expected) {
        keys.forEach(key -> yaml.optional(key).ifPresent(value -> expected.put(prefix + key, time(value, key))));
    }

    private static String time(YamlNode value, String key) {
        String text = value.scalar().orElse("");
        if (text.equals("never")) {
            return text;
        }
        return Durations.parse(text).map(Durations::format).orElseGet(() -> {
            value.problem("'" + key + "' must be a time such as 30m, 12h or 7d, or 'never'.");
            return text;
        });
    }
}
