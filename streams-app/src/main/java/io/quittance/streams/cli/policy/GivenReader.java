package io.quittance.streams.cli.policy;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a case takes as given. What it leaves out, a usual request has. */
final class GivenReader {

    /** A Monday morning. */
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private static final int LONGEST_REASON = 1_024;
    private static final int MANY = 1_000_000;

    private GivenReader() {}

    static Facts read(Layers given) {
        Instant now = given.time("now", NOW);
        List<Verification> verifications = given.list("verifications", node -> verification(YamlMapping.of(node), now));
        Layers subject = given.under("subject");
        String subjectId = subject.text("id", "subject-1");
        int open = subject.number("open_requests", MANY);
        subject.refuseOtherKeys();
        Submission request =
                request(given.under("request"), requester(given.under("requester"), subjectId), subjectId, now);
        given.refuseOtherKeys();
        return new Facts(request, verifications, open, now);
    }

    private static Submission request(Layers yaml, Requester requester, String subjectId, Instant now) {
        Submission request = new Submission(
                "request-1",
                subjectId,
                yaml.choice("action", Action.class, Action.ACCESS),
                yaml.text("regime", "GDPR"),
                requester,
                yaml.text("purpose", "test"),
                yaml.choice("channel", Channel.class, Channel.DASHBOARD),
                new Scope(yaml.texts("systems"), yaml.texts("categories")),
                new Identifiers(Map.of(), null),
                yaml.time("submitted_at", now),
                yaml.text("break_glass"));
        yaml.refuseOtherKeys();
        return request;
    }

    private static Requester requester(Layers yaml, String subjectId) {
        RequesterType type = yaml.choice("type", RequesterType.class, RequesterType.SUBJECT);
        Requester requester = new Requester(
                type,
                yaml.text("id", type == RequesterType.SUBJECT ? subjectId : "requester-1"),
                yaml.texts("roles"),
                yaml.text("ip"),
                yaml.text("country"),
                yaml.text("device"));
        yaml.refuseOtherKeys();
        return requester;
    }

    private static Verification verification(YamlMapping yaml, Instant now) {
        Optional<YamlNode> expires = yaml.optional("expires_at");
        Verification made = new Verification(
                "verification",
                yaml.choice("kind", Verification.Kind.class, Verification.Kind.IDENTITY),
                !yaml.flag("refused", false),
                yaml.number("level", 0, 3, 2),
                yaml.text("method", LONGEST_REASON, "test"),
                "test",
                yaml.optional("at").map(at -> Layers.time(at, "at", now)).orElse(now),
                expires.map(at -> Layers.time(at, "expires_at", now)).orElse(null),
                null);
        yaml.refuseOtherKeys();
        return made;
    }
}
