package io.quittance.streams.policy;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Calendar;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts that are a subject's own request to delete, but for what a test says; and policies to judge them by. */
final class Given {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Action action = Action.DELETE;
    private Scope scope = Scope.EVERYTHING;
    private List<String> roles = List.of("customer");
    private @Nullable String ip;
    private Instant submittedAt = NOW.minus(Duration.ofHours(1));
    private Instant now = NOW;
    private @Nullable String emergency;
    private final List<Verification> verifications = new ArrayList<>();
    private final List<Calendar> calendars = new ArrayList<>();

    Given action(Action changed) {
        action = changed;
        return this;
    }

    Given scope(List<String> systems, List<String> categories) {
        scope = new Scope(systems, categories);
        return this;
    }

    Given roles(String... changed) {
        roles = List.of(changed);
        return this;
    }

    Given ip(String changed) {
        ip = changed;
        return this;
    }

    Given submittedAt(String time) {
        submittedAt = Instant.parse(time);
        return this;
    }

    Given now(String time) {
        now = Instant.parse(time);
        return this;
    }

    Given proven(int level, Duration ago) {
        return verification(Verification.Kind.IDENTITY, true, level, ago);
    }

    Given verification(Verification.Kind kind, boolean proven, int level, Duration ago) {
        String id = "v-" + verifications.size();
        verifications.add(new Verification(id, kind, proven, level, "passkey", "idp", now.minus(ago)));
        return this;
    }

    Given emergency() {
        emergency = "Somebody is in danger.";
        return this;
    }

    /** An identity that was proven an hour ago, in a proof that has just expired. */
    Given expired(int level) {
        verifications.add(new Verification(
                "v-" + verifications.size(),
                Verification.Kind.IDENTITY,
                true,
                level,
                "passkey",
                "idp",
                now.minus(Duration.ofHours(1)),
                now,
                null));
        return this;
    }

    Given calendar(Calendar calendar) {
        calendars.add(calendar);
        return this;
    }

    /** What a condition says: holds, does not, or an error that denies. */
    String says(String condition) {
        Judgement judgement = judge(rule("only", condition, RuleOutcome.APPROVE));
        return switch (judgement.outcome()) {
            case "approve" -> "holds";
            case "no-match" -> "does not";
            default -> judgement.reason();
        };
    }

    Judgement judge(Rule... rules) {
        return compiled(rules).judge(facts());
    }

    Trial tryOn(Rule... rules) {
        return compiled(rules).tryOn(facts());
    }

    CelPolicies compiled(Rule... rules) {
        Compilation compilation = CelPolicies.compile(new Policy("default", 7, List.of(rules), calendars));
        if (compilation instanceof Compilation.Compiled compiled) {
            return compiled.policies();
        }
        throw new AssertionError("refused: " + compilation);
    }

    Facts facts() {
        Requester requester = new Requester(RequesterType.SUBJECT, "subject-1", roles, ip, "DE", null);
        Submission request = new Submission(
                "request-1",
                "subject-1",
                action,
                "GDPR",
                requester,
                "I want it all away",
                Channel.DASHBOARD,
                scope,
                new Identifiers(Map.of("customer_id", "1"), null),
                submittedAt,
                emergency);
        return new Facts(request, verifications, 3, now);
    }

    /** The same for emergencies, which somebody reviews afterwards. */
    static Rule emergencyRule(String id, String when) {
        return RuleBuilder.rule(id, when, RuleOutcome.APPROVE)
                .reviewedBy("dpo", Duration.ofDays(2))
                .build();
    }

    static Rule rule(String id, String when, RuleOutcome outcome) {
        return RuleBuilder.rule(id, when, outcome).build();
    }
}
