package io.quittance.streams.cli.document;

import io.quittance.contract.TopicCatalogue;
import io.quittance.schema.Ask;
import io.quittance.schema.Minimization;
import io.quittance.schema.OnGrantEnd;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Rule;
import io.quittance.schema.RuleOutcome;
import io.quittance.schema.Transformation;
import io.quittance.schema.VerificationNeed;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problems;
import io.quittance.streams.yaml.SourceFile;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a policy. The result lacks what only publishing gives: version 0, published by nobody at the epoch. */
public final class PolicyReader {

    /** For whoever checks the document; it is not published. */
    public static final String ACCEPTS = "accepts";

    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LONGEST_CONDITION = 8_192;
    private static final int LONGEST_SENTENCE = 256;
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final ConditionChecker conditions;

    public PolicyReader(ConditionChecker conditions) {
        this.conditions = conditions;
    }

    /**
     * The policy in a file.
     *
     * @throws InvalidDocumentException with every mistake and its position
     */
    public PolicyDocument read(SourceFile source) {
        Problems problems = new Problems();
        List<YamlNode> documents = YamlNode.documents(source, problems);
        if (documents.size() > 1) {
            documents.get(1).problem("A file holds one policy; put the next one into its own file.");
        }
        PolicyDocument policy = policy(YamlMapping.of(documents.get(0)));
        problems.throwIfAny();
        return policy;
    }

    private PolicyDocument policy(YamlMapping yaml) {
        String name = yaml.text("name", 128);
        yaml.optional("name")
                .filter(at -> !name.isBlank() && !LEGAL_NAME.matcher(name).matches())
                .ifPresent(at -> at.problem("'name' may have letters, digits, dots, dashes and underscores only."));
        String description = yaml.text("description", 1_024, "");
        Set<String> ids = new HashSet<>();
        List<Rule> rules = yaml.requiredList("rules", node -> rule(YamlMapping.of(node), ids));
        yaml.optional(ACCEPTS);
        yaml.refuseOtherKeys();
        return new PolicyDocument(name, 0, description, rules, List.of(), Instant.EPOCH, "");
    }

    private Rule rule(YamlMapping yaml, Set<String> ids) {
        String id = yaml.text("id", 128);
        if (!id.isBlank() && !ids.add(id)) {
            yaml.optional("id").ifPresent(at -> at.problem("The rule '" + id + "' is here twice; ids are unique."));
        }
        String when = yaml.text("when", LONGEST_CONDITION);
        yaml.optional("when").filter(at -> !when.isBlank()).ifPresent(at -> checkCondition(at, when));
        Rule rule = Rule.newBuilder()
                .setId(id)
                .setWhen(when)
                .setOutcome(yaml.requiredChoice("outcome", RuleOutcome.class))
                .setAsk(ask(yaml))
                .setVerification(verification(yaml))
                .setWindowMs(yaml.duration("window", TopicCatalogue.LONGEST_GRANT, Duration.ofMinutes(30))
                        .toMillis())
                .setMinimize(yaml.entries(
                        "minimize",
                        (category, value) -> new Minimization(
                                category,
                                YamlMapping.choiceOf(value, category, Transformation.class, Transformation.UNKNOWN))))
                .setOnGrantEnd(yaml.choice("on_grant_end", OnGrantEnd.class, OnGrantEnd.EXPIRE))
                .setReason(yaml.text("reason", LONGEST_SENTENCE, ""))
                .build();
        yaml.optional(ACCEPTS);
        yaml.refuseOtherKeys();
        checkAsk(yaml, rule);
        return rule;
    }

    private void checkCondition(YamlNode at, String when) {
        conditions
                .check(when)
                .forEach(problem -> at.problems().add(ScalarPositions.locate(at, problem), problem.message()));
    }

    private static void checkAsk(YamlMapping yaml, Rule rule) {
        if (rule.getOutcome() == RuleOutcome.ASK && rule.getAsk() == null) {
            yaml.problem("A rule whose outcome is ASK needs 'ask', at least 'ask: {group: ...}'.");
        }
        if (rule.getOutcome() != RuleOutcome.ASK && rule.getAsk() != null) {
            yaml.keyNode("ask").problem("'ask' is for rules whose outcome is ASK.");
        }
    }

    private static @Nullable Ask ask(YamlMapping rule) {
        return rule.optional("ask")
                .map(YamlMapping::of)
                .map(yaml -> {
                    Ask ask = Ask.newBuilder()
                            .setGroup(yaml.text("group", 128))
                            .setCount(yaml.number("count", 1, 100, 1))
                            .setAnswerWithinMs(yaml.duration("answer_within", LONGEST_WAIT, Duration.ofDays(3))
                                    .toMillis())
                            .setReasonRequired(yaml.flag("reason_required", false))
                            .setHashRequired(yaml.flag("hash_required", true))
                            .build();
                    yaml.refuseOtherKeys();
                    return ask;
                })
                .orElse(null);
    }

    private static @Nullable VerificationNeed verification(YamlMapping rule) {
        return rule.optional("verification")
                .map(YamlMapping::of)
                .map(yaml -> {
                    VerificationNeed need = VerificationNeed.newBuilder()
                            .setIdentityLevel(yaml.number("identity_level", 0, 3, 0))
                            .setIntent(yaml.flag("intent", false))
                            .setWithinMs(yaml.duration("within", LONGEST_WAIT, Duration.ofDays(7))
                                    .toMillis())
                            .build();
                    yaml.refuseOtherKeys();
                    return need;
                })
                .orElse(null);
    }
}
