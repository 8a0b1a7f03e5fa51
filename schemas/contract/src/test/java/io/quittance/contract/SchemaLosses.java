package io.quittance.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What a schema took away from a released one. Avro calls it compatible where a default stands in for a field or symbol
 * that is gone, and knows nothing of logical types; whoever writes or reads the field loses it all the same.
 */
final class SchemaLosses {
    private final List<String> losses = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaLosses() {}

    /** Where the two differ in what was released, such as {@code Task.grant.not_after: type}; empty if nowhere. */
    static List<String> between(Schema released, Schema today) {
        var comparison = new SchemaLosses();
        comparison.compare(released.getName(), released, today);
        return comparison.losses;
    }

    private void compare(String at, Schema released, Schema today) {
        if (!kind(released).equals(kind(today))) {
            losses.add(at + ": type");
            return;
        }
        switch (released.getType()) {
            case RECORD -> fields(at, released, today);
            case ENUM -> symbols(at, released, today);
            case UNION -> branches(at, released, today);
            case ARRAY -> compare(at + "[]", released.getElementType(), today.getElementType());
            case MAP -> compare(at + "{}", released.getValueType(), today.getValueType());
            default -> {
                // Has no parts. The contract has no type of a fixed size.
            }
        }
    }

    private void fields(String at, Schema released, Schema today) {
        if (!compared.add(released.getFullName())) {
            return;
        }
        for (Schema.Field field : released.getFields()) {
            String name = at + "." + field.name();
            Schema.Field same = today.getField(field.name());
            if (same == null) {
                losses.add(name + ": gone");
                continue;
            }
            if (!Objects.equals(field.defaultVal(), same.defaultVal())) {
                losses.add(name + ": default");
            }
            compare(name, field.schema(), same.schema());
        }
    }

    private void symbols(String at, Schema released, Schema today) {
        released.getEnumSymbols().stream()
                .filter(symbol -> !today.hasEnumSymbol(symbol))
                .forEach(symbol -> losses.add(at + ": " + symbol + " gone"));
        if (!Objects.equals(released.getEnumDefault(), today.getEnumDefault())) {
            losses.add(at + ": default");
        }
    }

    private void branches(String at, Schema released, Schema today) {
        for (Schema branch : released.getTypes()) {
            Integer index = today.getIndexNamed(branch.getFullName());
            if (index == null) {
                losses.add(at + ": " + branch.getName() + " gone");
            } else {
                compare(at, branch, today.getTypes().get(index));
            }
        }
    }

    /** Its name, and what tells a time from a number. The name of a union lists its branches, which are compared. */
    private static List<String> kind(Schema schema) {
        String name = schema.isUnion() ? "union" : schema.getType() + " " + schema.getFullName();
        return Stream.concat(
                        Stream.of(name),
                        Stream.of("logicalType", "precision", "scale")
                                .map(property -> Objects.toString(schema.getObjectProp(property))))
                .toList();
    }
}
