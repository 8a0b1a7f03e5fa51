package io.quittance.bench.wire;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/** Where the fields of one kind of record are, as its writer laid them out. */
final class RecordShape {
    private final Schema[] fields;
    private final List<String> names;

    RecordShape(Schema schema) {
        fields = schema.getFields().stream().map(Schema.Field::schema).toArray(Schema[]::new);
        names = schema.getFields().stream().map(Schema.Field::name).toList();
    }

    /** Index of a field, to be looked up once. */
    int field(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("the schema has no field " + name + ", only " + names);
        }
        return index;
    }

    /** From the field {@code from}, where the cursor is, to the one called {@code to}. */
    void skip(AvroCursor cursor, int from, int to) {
        for (int i = from; i < to; i++) {
            cursor.skip(fields[i]);
        }
    }

    /** What an enum's number stands for. */
    String symbol(int field, int number) {
        return fields[field].getEnumSymbols().get(number);
    }

    void requireOrder(String... first) {
        if (!names.subList(0, first.length).equals(Arrays.asList(first))) {
            throw new IllegalStateException("fields come in another order than the driver is written for: " + names);
        }
    }
}
