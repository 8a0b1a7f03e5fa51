package io.quittance.streams.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.policy.Vocabulary.Field;
import io.quittance.streams.policy.Vocabulary.Struct;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of a rule's condition. Why emergency access is claimed is for people, and no word. */
final class RuleWords {

    static final CelType TEXTS = ListType.create(SimpleType.STRING);

    static final Struct<Facts> REQUEST = Struct.of(
            "request",
            word("action", SimpleType.STRING, facts -> facts.request().action().name())
                    .oneOf(Action.values()),
            word("regime", SimpleType.STRING, facts -> facts.request().regime()),
            word("purpose", SimpleType.STRING, facts -> facts.request().purpose()),
            word(
                            "channel",
                            SimpleType.STRING,
                            facts -> facts.request().channel().name())
                    .oneOf(Channel.values()),
            word("systems", TEXTS, facts -> facts.request().scope().systems()).allIfEmpty(),
            word("categories", TEXTS, facts -> facts.request().scope().categories())
                    .allIfEmpty(),
            word("break_glass", SimpleType.BOOL, facts -> facts.request().claimsEmergency()),
            word("submitted_at", SimpleType.TIMESTAMP, facts -> facts.request().submittedAt()));

    static final Struct<Facts> REQUESTER = Struct.of(
            "requester",
            word(
                            "type",
                            SimpleType.STRING,
                            facts -> facts.request().requester().type().name())
                    .oneOf(RequesterType.values()),
            word("id", SimpleType.STRING, facts -> facts.request().requester().id())
                    .hidden(),
            word("roles", TEXTS, facts -> facts.request().requester().roles()),
            word("ip", SimpleType.STRING, facts -> facts.request().requester().ip())
                    .hidden(),
            word(
                    "country",
                    SimpleType.STRING,
                    facts -> facts.request().requester().country()),
            word(
                    "device",
                    SimpleType.STRING,
                    facts -> facts.request().requester().device()));

    static final Struct<Facts> VERIFICATION = Struct.of(
            "verification",
            word("level", SimpleType.INT, RuleWords::identityLevel),
            word("proven", SimpleType.BOOL, facts -> identities(facts).findAny().isPresent()),
            word(
                    "refused",
                    SimpleType.BOOL,
                    facts -> facts.verifications().stream()
                            .anyMatch(made -> made.kind() == Verification.Kind.IDENTITY && !made.proven())),
            word("intent", SimpleType.BOOL, facts -> intents(facts).findAny().isPresent()),
            word("methods", TEXTS, RuleWords::methods),
            word("at", SimpleType.TIMESTAMP, RuleWords::identityProvenAt),
            word("intent_at", SimpleType.TIMESTAMP, facts -> latest(intents(facts))));

    static final Struct<Facts> SUBJECT = Struct.of(
            "subject",
            word("id", SimpleType.STRING, facts -> facts.request().subjectId()).hidden(),
            word("open_requests", SimpleType.INT, facts -> (long) facts.openRequests()));

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

    /** What has been proven and still counts. */
    private static Stream<Verification> proofs(Facts facts) {
        return facts.verifications().stream().filter(made -> made.proven() && !made.expiredAt(facts.now()));
    }

    private static Field<Facts> word(String name, CelType type, Function<Facts, @Nullable Object> value) {
        return Field.of(name, type, value);
    }
}
