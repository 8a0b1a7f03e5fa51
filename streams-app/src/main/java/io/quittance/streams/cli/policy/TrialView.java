package io.quittance.streams.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.policy.Trial;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Tells which rules were tried, and what each looked at. */
public final class TrialView {

    private TrialView() {}

    public static void print(Output out, Trial trial) {
        List<List<String>> rows = trial.rules().stream()
                .map(rule -> List.of("        " + rule.rule().id(), result(rule), values(rule.lookedAt())))
                .toList();
        out.table(List.of("        RULE", "RESULT", "LOOKED AT"), rows, "");
    }

    public static ArrayNode json(Trial trial) {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        trial.rules().forEach(rule -> {
            var looked = rules.addObject()
                    .put("rule", rule.rule().id())
                    .put("result", rule.result().name())
                    .put("error", rule.error())
                    .putObject("looked_at");
            rule.lookedAt().forEach(looked::put);
        });
        return rules;
    }

    private static String result(Trial.OfRule rule) {
        return switch (rule.result()) {
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "does not hold";
            case FAILS -> "fails: " + rule.error();
            case NOT_TRIED -> "not tried";
        };
    }

    private static String values(SortedMap<String, String> lookedAt) {
        return lookedAt.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(", "));
    }
}
