package io.quittance.streams.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.StructType;
import io.quittance.streams.domain.policy.Facts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a condition may speak of: variables with fields, their types, and how each value is read from the facts. */
final class Vocabulary {

    static final String NOW = "now";

    /** Of a rule's condition. */
    static final List<Struct<Facts>> RULES =
            List.of(RuleWords.REQUEST, RuleWords.REQUESTER, RuleWords.VERIFICATION, RuleWords.SUBJECT);

    /** Of a predicate over an approver, beside the approver's own. */
    static final List<Struct<Facts>> PREDICATES = List.of(RuleWords.REQUEST, RuleWords.REQUESTER, RuleWords.SUBJECT);

    private static final Map<String, Struct<?>> BY_NAME = Stream.concat(
                    RULES.stream(), Stream.of(ApproverWords.APPROVER))
            .collect(Collectors.toUnmodifiableMap(Struct::name, Function.identity()));

    private Vocabulary() {}

    /**
     * A value that a condition can name.
     *
     * @param <F> the facts it is read from
     * @param value null where the publisher did not say
     * @param personal whether it stays out of what is shown
     * @param emptyMeansAll whether it is a list that, empty, stands for everything
     * @param words the only texts it can be; empty for any
     */
    record Field<F>(
            String name,
            CelType type,
            Function<F, @Nullable Object> value,
            boolean personal,
            boolean emptyMeansAll,
            Set<String> words) {

        static <F> Field<F> of(String name, CelType type, Function<F, @Nullable Object> value) {
            return new Field<>(name, type, value, false, false, Set.of());
        }

        Field<F> hidden() {
            return new Field<>(name, type, value, true, emptyMeansAll, words);
        }

        Field<F> allIfEmpty() {
            return new Field<>(name, type, value, personal, true, words);
        }

        Field<F> oneOf(Enum<?>... constants) {
            return new Field<>(
                    name,
                    type,
                    value,
                    personal,
                    emptyMeansAll,
                    Arrays.stream(constants).map(Enum::name).collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** A variable with fields. */
    record Struct<F>(String name, Map<String, Field<F>> fields) {

        @SafeVarargs
        static <F> Struct<F> of(String name, Field<F>... fields) {
            Map<String, Field<F>> byName = new LinkedHashMap<>();
            Arrays.stream(fields).forEach(field -> byName.put(field.name(), field));
            return new Struct<>(name, byName);
        }

        StructType type() {
            ImmutableMap<String, CelType> types =
                    fields.values().stream().collect(ImmutableMap.toImmutableMap(Field::name, Field::type));
            return StructType.create(
                    "quittance." + name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
        }

        Map<String, Object> values(F facts) {
            Map<String, Object> values = new HashMap<>();
            fields.values().forEach(field -> {
                Object value = field.value().apply(facts);
                if (value != null) {
                    values.put(field.name(), value);
                }
            });
            return values;
        }
    }

    static CelTypeProvider types(List<? extends Struct<?>> structs) {
        ImmutableList<CelType> types =
                structs.stream().map(struct -> (CelType) struct.type()).collect(ImmutableList.toImmutableList());
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

    static Optional<Field<?>> find(String struct, String field) {
        return Optional.ofNullable(BY_NAME.get(struct))
                .flatMap(found -> Optional.ofNullable(found.fields().get(field)));
    }

    /** The facts by variable. What the publisher did not say is absent, so that naming it unasked is an error. */
    static Map<String, Object> values(List<Struct<Facts>> structs, Facts facts) {
        Map<String, Object> variables = new HashMap<>();
        structs.forEach(struct -> variables.put(struct.name(), struct.values(facts)));
        variables.put(NOW, facts.now());
        return variables;
    }
}
