package io.quittance.streams.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.policy.Vocabulary.Field;
import io.quittance.streams.policy.Vocabulary.Struct;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words that a predicate over an approver has beside those of a rule. */
final class ApproverWords {

    static final Struct<Approver> APPROVER = Struct.of(
            "approver",
            word("id", SimpleType.STRING, Approver::id).hidden(),
            word("groups", RuleWords.TEXTS, Approver::groups),
            word("kind", SimpleType.STRING, approver -> approver.kind().name()).oneOf(Approver.Kind.values()),
            word("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING), Approver::attributes)
                    .hidden());

    private ApproverWords() {}

    private static Field<Approver> word(String name, CelType type, Function<Approver, @Nullable Object> value) {
        return Field.of(name, type, value);
    }
}
