package io.quittance.streams.policy;

import static io.quittance.streams.policy.Vocabulary.Field.of;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.policy.Vocabulary.Struct;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of a rule's condition. Why emergency access is claimed is for people, and no word. */
final class RuleWords {

    static final CelType TEXTS = ListType.create(SimpleType.STRING);

    static final Struct REQUEST = Struct.of(
            "request",
            of("action", SimpleType.STRING, facts -> facts.request().action().name())
                    .oneOf(Action.values()),
            of("regime", SimpleType.STRING, facts -> facts.request().regime()),
            of("purpose", SimpleType.STRING, facts -> facts.request().purpose()),
            of("channel", SimpleType.STRING, facts -> facts.request().channel().name())
                    .oneOf(Channel.values()),
            of("systems", TEXTS, facts -> facts.request().scope().systems()).allIfEmpty(),
            of("categories", TEXTS, facts -> facts.request().scope().categories())
                    .allIfEmpty(),
            of("submitted_at", SimpleType.TIMESTAMP, facts -> facts.request().submittedAt()));

    static final Struct REQUESTER = Struct.of(
            "requester",
            of(
                            "type",
                            SimpleType.STRING,
                            facts -> facts.request().requester().type().name())
                    .oneOf(RequesterType.values()),
            of("id", SimpleType.STRING, facts -> facts.request().requester().id())
                    .hidden(),
            of("roles", TEXTS, facts -> facts.request().requester().roles()),
            of("ip", SimpleType.STRING, facts -> facts.request().requester().ip())
                    .hidden(),
            of(
                    "country",
                    SimpleType.STRING,
                    facts -> facts.request().requester().country()),
            of("device", SimpleType.STRING, facts -> facts.request().requester().device()));

    static final Struct VERIFICATION = Struct.of(
            "verification",
            of("level", SimpleType.INT, RuleWords::identityLevel),
            of("proven", SimpleType.BOOL, facts -> identities(facts).findAny().isPresent()),
            of(
                    "refused",
                    SimpleType.BOOL,
                    facts -> facts.verifications().stream()
                            .anyMatch(made -> made.kind() == Verification.Kind.IDENTITY && !made.proven())),
            of("intent", SimpleType.BOOL, facts -> intents(facts).findAny().isPresent()),
            of("methods", TEXTS, RuleWords::methods),
            of("at", SimpleType.TIMESTAMP, RuleWords::identityProvenAt),
            of("intent_at", SimpleType.TIMESTAMP, facts -> latest(intents(facts))));

    static final Struct SUBJECT = Struct.of(
            "subject",
            of("id", SimpleType.STRING, facts -> facts.request().subjectId()).hidden(),
            of("open_requests", SimpleType.INT, facts -> (long) facts.openRequests()));

    private RuleWords() {}

    private static Object identityLevel(Facts facts) {
        return identities(facts).mapToLong(Verification::level).max().orElse(0);
    }

    /** When the level that counts was proven last, so that age and level speak of the same proof. */
    private static @Nullable Object identityProvenAt(Facts facts) {
        Object level = identityLevel(facts);
        return latest(identities(facts).filter(made -> level.equals((long) made.level())));
    }

    private static @Nullable Instant latest(Stream<Verification> proofs) {
        Optional<Instant> latest = proofs.map(Verification::at).max(Comparator.naturalOrder());
        return latest.orElse(null);
    }

    private static Object methods(Facts facts) {
        return proofs(facts).map(Verification::method).distinct().toList();
    }

    private static Stream<Verification> identities(Facts facts) {
        return proofs(facts).filter(made -> made.kind() == Verification.Kind.IDENTITY);
    }

    private static Stream<Verification> intents(Facts facts) {
        return proofs(facts).filter(made -> made.kind() == Verification.Kind.INTENT);
    }

    private static Stream<Verification> proofs(Facts facts) {
        return facts.verifications().stream().filter(Verification::proven);
    }
}
