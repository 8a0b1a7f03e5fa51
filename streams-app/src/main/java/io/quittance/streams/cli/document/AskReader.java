package io.quittance.streams.cli.document;

import io.quittance.schema.Alternative;
import io.quittance.schema.Ask;
import io.quittance.schema.Escalation;
import io.quittance.schema.EscalationMode;
import io.quittance.schema.OnSilence;
import io.quittance.schema.Requirement;
import io.quittance.streams.yaml.Durations;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads whom a rule asks. Who has to approve is said in one of three ways: a group and a count; requirements that all
 * have to be met ({@code all_of}); or several such ways of which one is enough ({@code any_of}).
 */
final class AskReader {

    private static final int MOST_ALTERNATIVES = 10;
    private static final int MOST_APPROVERS = 20;
    private static final Duration DEFAULT_WAIT = Duration.ofDays(3);

    private final CelReader cel;

    AskReader(CelReader cel) {
        this.cel = cel;
    }

    Ask read(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        boolean shorthand = !yaml.has("all_of") && !yaml.has("any_of");
        Duration answerWithin = yaml.duration("answer_within", PolicyReader.LONGEST_WAIT, DEFAULT_WAIT);
        Ask ask = Ask.newBuilder()
                .setGroup(shorthand ? group(yaml) : "")
                .setCount(shorthand ? yaml.number("count", 1, MOST_APPROVERS, 1) : 1)
                .setAnyOf(shorthand ? List.of() : alternatives(yaml))
                .setDenyThreshold(yaml.number("deny_threshold", 1, MOST_APPROVERS, 1))
                .setAnswerWithinMs(answerWithin.toMillis())
                .setRemindAfterMs(remindAfter(yaml, answerWithin))
                .setEscalation(escalation(yaml, answerWithin))
                .setOnSilence(yaml.choice("on_silence", OnSilence.class, OnSilence.EXPIRE))
                .setReasonRequired(yaml.flag("reason_required", false))
                .setHashRequired(yaml.flag("hash_required", true))
                .setSignatureRequired(yaml.flag("signature_required", false))
                .build();
        if (!shorthand) {
            refuseShorthand(yaml);
        }
        yaml.refuseOtherKeys();
        return ask;
    }

    /** The approver group that is named there. */
    static String group(YamlMapping yaml) {
        String group = yaml.text("group", PolicyReader.LONGEST_NAME);
        if (group.indexOf(',') >= 0) {
            yaml.optional("group")
                    .ifPresent(at -> at.problem("'group' is one group, and has no comma in its name: prompts have one"
                            + " between groups. Where several are asked, each has its own requirement under all_of."));
        }
        return group;
    }

    private static void refuseShorthand(YamlMapping yaml) {
        List.of("group", "count")
                .forEach(key -> yaml.optional(key)
                        .ifPresent(given -> yaml.keyNode(key)
                                .problem("'" + key + "' is for asking one group; with all_of or any_of, each"
                                        + " requirement has its own.")));
    }

    /** One of any_of and all_of; the latter is short for the only alternative. */
    private List<Alternative> alternatives(YamlMapping yaml) {
        if (yaml.has("all_of") && yaml.has("any_of")) {
            yaml.keyNode("all_of")
                    .problem("'all_of' beside 'any_of' leaves open which is meant; put it into a list of" + " any_of.");
        }
        if (!yaml.has("any_of")) {
            return List.of(alternative(yaml));
        }
        List<Alternative> alternatives = yaml.requiredList("any_of", this::alternative);
        if (alternatives.size() > MOST_ALTERNATIVES) {
            yaml.keyNode("any_of").problem("'any_of' has more than " + MOST_ALTERNATIVES + " alternatives.");
        }
        return alternatives;
    }

    private Alternative alternative(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        Alternative alternative = alternative(yaml);
        yaml.refuseOtherKeys();
        return alternative;
    }

    private Alternative alternative(YamlMapping yaml) {
        List<Requirement> requirements = yaml.requiredList("all_of", this::requirement);
        int needed = requirements.stream().mapToInt(Requirement::getCount).sum();
        if (needed > MOST_APPROVERS) {
            yaml.keyNode("all_of")
                    .problem("'all_of' asks for " + needed + " approvers; the most is " + MOST_APPROVERS + ".");
        }
        return new Alternative(requirements);
    }

    private Requirement requirement(YamlNode node) {
        YamlMapping yaml = YamlMapping.of(node);
        Requirement requirement = Requirement.newBuilder()
                .setGroup(group(yaml))
                .setCount(yaml.number("count", 1, MOST_APPROVERS, 1))
                .setMachine(yaml.flag("machine", false))
                .setWhen(yaml.optional("when").map(cel::predicate).orElse(null))
                .build();
        yaml.refuseOtherKeys();
        return requirement;
    }

    private @Nullable Escalation escalation(YamlMapping ask, Duration answerWithin) {
        Optional<YamlNode> given = ask.optional("escalation");
        if (given.isEmpty()) {
            return null;
        }
        YamlMapping yaml = YamlMapping.of(given.get());
        if (!yaml.has("after")) {
            yaml.missing("after");
        }
        Escalation escalation = Escalation.newBuilder()
                .setAfterMs(before(yaml, "after", answerWithin)
                        .orElse(Duration.ofMillis(1))
                        .toMillis())
                .setMode(yaml.requiredChoice("mode", EscalationMode.class))
                .setAnyOf(escalatedTo(yaml))
                .build();
        yaml.refuseOtherKeys();
        return escalation;
    }

    private List<Alternative> escalatedTo(YamlMapping yaml) {
        if (yaml.has("all_of") || yaml.has("any_of")) {
            refuseShorthand(yaml);
            return alternatives(yaml);
        }
        Requirement only = Requirement.newBuilder()
                .setGroup(group(yaml))
                .setCount(yaml.number("count", 1, MOST_APPROVERS, 1))
                .build();
        return List.of(new Alternative(List.of(only)));
    }

    private static @Nullable Long remindAfter(YamlMapping yaml, Duration answerWithin) {
        return before(yaml, "remind_after", answerWithin)
                .map(Duration::toMillis)
                .orElse(null);
    }

    /** What is to happen while an answer is waited for has to happen before the time to answer is over. */
    private static Optional<Duration> before(YamlMapping yaml, String key, Duration answerWithin) {
        if (!yaml.has(key)) {
            return Optional.empty();
        }
        Duration after = yaml.duration(key, PolicyReader.LONGEST_WAIT, Duration.ofMillis(1));
        if (after.compareTo(answerWithin) >= 0) {
            yaml.optional(key)
                    .ifPresent(at -> at.problem("'" + key + "' must be shorter than answer_within, which is "
                            + Durations.format(answerWithin) + "."));
        }
        return Optional.of(after);
    }
}
