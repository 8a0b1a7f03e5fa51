package io.quittance.streams.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Facts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a condition may speak of: names, types, and how each value is read from the facts. */
final class Vocabulary {

    static final String NOW = "now";

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private static final List<Struct> STRUCTS = List.of(
            struct(
                    "request",
                    field(
                                    "action",
                                    SimpleType.STRING,
                                    facts -> facts.request().action().name())
                            .oneOf(Action.values()),
                    field("regime", SimpleType.STRING, facts -> facts.request().regime()),
                    field("purpose", SimpleType.STRING, facts -> facts.request().purpose()),
                    field(
                                    "channel",
                                    SimpleType.STRING,
                                    facts -> facts.request().channel().name())
                            .oneOf(Channel.values()),
                    field("systems", TEXTS, facts -> facts.request().scope().systems()),
                    field("categories", TEXTS, facts -> facts.request().scope().categories()),
                    field(
                            "submitted_at",
                            SimpleType.TIMESTAMP,
                            facts -> facts.request().submittedAt())),
            struct(
                    "requester",
                    field(
                                    "type",
                                    SimpleType.STRING,
                                    facts -> facts.request().requester().type().name())
                            .oneOf(RequesterType.values()),
                    field(
                                    "id",
                                    SimpleType.STRING,
                                    facts -> facts.request().requester().id())
                            .hidden(),
                    field("roles", TEXTS, facts -> facts.request().requester().roles()),
                    field(
                                    "ip",
                                    SimpleType.STRING,
                                    facts -> facts.request().requester().ip())
                            .hidden(),
                    field(
                            "country",
                            SimpleType.STRING,
                            facts -> facts.request().requester().country()),
                    field(
                            "device",
                            SimpleType.STRING,
                            facts -> facts.request().requester().device())),
            struct(
                    "verification",
                    field("level", SimpleType.INT, Vocabulary::identityLevel),
                    field(
                            "proven",
                            SimpleType.BOOL,
                            facts -> of(facts, Verification.Kind.IDENTITY, true)
                                    .findAny()
                                    .isPresent()),
                    field(
                            "refused",
                            SimpleType.BOOL,
                            facts -> of(facts, Verification.Kind.IDENTITY, false)
                                    .findAny()
                                    .isPresent()),
                    field(
                            "intent",
                            SimpleType.BOOL,
                            facts -> of(facts, Verification.Kind.INTENT, true)
                                    .findAny()
                                    .isPresent()),
                    field("methods", TEXTS, Vocabulary::methods)),
            struct(
                    "subject",
                    field("id", SimpleType.STRING, facts -> facts.request().subjectId())
                            .hidden(),
                    field("open_requests", SimpleType.INT, facts -> (long) facts.openRequests())));

    private Vocabulary() {}

    /**
     * A value that a condition can name.
     *
     * @param value null where the publisher did not say
     * @param personal whether it stays out of what is shown
     * @param words the only texts it can be; empty for any
     */
    record Field(
            String name, CelType type, Function<Facts, @Nullable Object> value, boolean personal, Set<String> words) {

        private Field hidden() {
            return new Field(name, type, value, true, words);
        }

        private Field oneOf(Enum<?>... constants) {
            return new Field(
                    name,
                    type,
                    value,
                    personal,
                    Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet()));
        }
    }

    /** A variable with fields. */
    record Struct(String name, Map<String, Field> fields) {

        StructType type() {
            ImmutableMap<String, CelType> types =
                    fields.values().stream().collect(ImmutableMap.toImmutableMap(Field::name, Field::type));
            return StructType.create(
                    "quittance." + name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
        }
    }

    static List<Struct> structs() {
        return STRUCTS;
    }

    static CelTypeProvider types() {
        ImmutableList<CelType> types = STRUCTS.stream().map(Struct::type).collect(ImmutableList.toImmutableList());
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return types;
            }

            @Override
            public Optional<CelType> findType(String name) {
                return types.stream().filter(type -> type.name().equals(name)).findFirst();
            }
        };
    }

    static Optional<Field> find(String struct, String field) {
        return STRUCTS.stream()
                .filter(candidate -> candidate.name().equals(struct))
                .findFirst()
                .map(candidate -> candidate.fields().get(field));
    }

    /** The facts by variable. What the publisher did not say is absent, so that naming it unasked is an error. */
    static Map<String, Object> values(Facts facts) {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Struct struct : STRUCTS) {
            Map<String, Object> fields = new LinkedHashMap<>();
            struct.fields().values().forEach(field -> {
                Object value = field.value().apply(facts);
                if (value != null) {
                    fields.put(field.name(), value);
                }
            });
            variables.put(struct.name(), fields);
        }
        variables.put(NOW, facts.now());
        return variables;
    }

    private static Object identityLevel(Facts facts) {
        return of(facts, Verification.Kind.IDENTITY, true)
                .mapToLong(Verification::level)
                .max()
                .orElse(0);
    }

    private static Object methods(Facts facts) {
        return facts.verifications().stream()
                .filter(Verification::proven)
                .map(Verification::method)
                .distinct()
                .toList();
    }

    private static Stream<Verification> of(Facts facts, Verification.Kind kind, boolean proven) {
        return facts.verifications().stream().filter(made -> made.kind() == kind && made.proven() == proven);
    }

    private static Struct struct(String name, Field... fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        Arrays.stream(fields).forEach(field -> byName.put(field.name(), field));
        return new Struct(name, byName);
    }

    private static Field field(String name, CelType type, Function<Facts, @Nullable Object> value) {
        return new Field(name, type, value, false, Set.of());
    }
}
