package io.quittance.streams.cli.document;

import io.quittance.contract.TopicCatalogue;
import io.quittance.schema.Calendar;
import io.quittance.schema.Minimization;
import io.quittance.schema.OnGrantEnd;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.Review;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a policy. The result lacks what only publishing gives: version 0, published by nobody at the epoch. */
public final class PolicyReader {

    /** For whoever checks the document; it is not published. */
    public static final String ACCEPTS = "accepts";

    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LONGEST_SENTENCE = 256;

    static final int LONGEST_NAME = 128;
    static final Duration LONGEST_WAIT = Duration.ofDays(365);

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
        PolicyDocument policy = policy(YamlMapping.of(
                YamlNode.only(source, problems, "A file holds one policy; put the next one into its own file.")));
        problems.throwIfAny();
        return policy;
    }

    private PolicyDocument policy(YamlMapping yaml) {
        String name = yaml.text("name", LONGEST_NAME);
        yaml.optional("name")
                .filter(at -> !name.isBlank() && !LEGAL_NAME.matcher(name).matches())
                .ifPresent(at -> at.problem("'name' may have letters, digits, dots, dashes and underscores only."));
        String description = yaml.text("description", 1_024, "");
        List<Calendar> calendars = new CalendarReader().read(yaml);
        var cel = new CelReader(
                conditions, calendars.stream().map(Calendar::getName).collect(Collectors.toSet()));
        Set<String> ids = new HashSet<>();
        List<Rule> rules = yaml.requiredList("rules", node -> rule(YamlMapping.of(node), ids, cel));
        yaml.optional(ACCEPTS);
        yaml.refuseOtherKeys();
        return new PolicyDocument(name, 0, description, rules, calendars, Instant.EPOCH, "");
    }

    private static Rule rule(YamlMapping yaml, Set<String> ids, CelReader cel) {
        String id = yaml.text("id", LONGEST_NAME);
        if (!id.isBlank() && !ids.add(id)) {
            yaml.optional("id").ifPresent(at -> at.problem("The rule '" + id + "' is here twice; ids are unique."));
        }
        Rule rule = Rule.newBuilder()
                .setId(id)
                .setWhen(when(yaml, cel))
                .setOutcome(yaml.requiredChoice("outcome", RuleOutcome.class))
                .setAsk(yaml.optional("ask").map(new AskReader(cel)::read).orElse(null))
                .setVerification(verification(yaml))
                .setWindowMs(yaml.duration("window", TopicCatalogue.LONGEST_GRANT, Duration.ofMinutes(30))
                        .toMillis())
                .setMinimize(yaml.entries(
                        "minimize",
                        (category, value) -> new Minimization(
                                category,
                                YamlMapping.choiceOf(value, category, Transformation.class, Transformation.UNKNOWN))))
                .setOnGrantEnd(yaml.choice("on_grant_end", OnGrantEnd.class, OnGrantEnd.EXPIRE))
                .setWaitingMs(
                        yaml.duration("waiting", LONGEST_WAIT, Duration.ZERO).toMillis())
                .setReview(review(yaml))
                .setReason(yaml.text("reason", LONGEST_SENTENCE, ""))
                .build();
        yaml.optional(ACCEPTS);
        yaml.refuseOtherKeys();
        checkAsk(yaml, rule);
        checkReview(yaml, rule);
        return rule;
    }

    private static String when(YamlMapping yaml, CelReader cel) {
        if (!yaml.has("when")) {
            yaml.missing("when");
        }
        return yaml.optional("when").map(cel::condition).orElse("");
    }

    private static void checkAsk(YamlMapping yaml, Rule rule) {
        if (rule.getOutcome() == RuleOutcome.ASK && rule.getAsk() == null) {
            yaml.problem("A rule whose outcome is ASK needs 'ask', at least 'ask: {group: ...}'.");
        }
        if (rule.getOutcome() != RuleOutcome.ASK && rule.getAsk() != null) {
            yaml.keyNode("ask").problem("'ask' is for rules whose outcome is ASK.");
        }
    }

    private static void checkReview(YamlMapping yaml, Rule rule) {
        if (rule.getReview() != null && rule.getOutcome() != RuleOutcome.APPROVE) {
            yaml.keyNode("review").problem("'review' is for rules whose outcome is APPROVE: emergencies.");
        }
    }

    private static @Nullable Review review(YamlMapping rule) {
        return rule.optional("review")
                .map(YamlMapping::of)
                .map(yaml -> {
                    Review review = Review.newBuilder()
                            .setGroup(AskReader.group(yaml))
                            .setWithinMs(yaml.duration("within", LONGEST_WAIT, Duration.ofDays(2))
                                    .toMillis())
                            .build();
                    yaml.refuseOtherKeys();
                    return review;
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
                            .setMaxAgeMs(
                                    yaml.has("max_age")
                                            ? (Long) yaml.duration("max_age", LONGEST_WAIT, Duration.ofDays(1))
                                                    .toMillis()
                                            : null)
                            .build();
                    yaml.refuseOtherKeys();
                    return need;
                })
                .orElse(null);
    }
}
