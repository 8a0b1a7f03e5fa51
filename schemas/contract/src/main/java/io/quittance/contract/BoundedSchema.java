package io.quittance.contract;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Whether what was written with a schema can be read in a time, and on a stack, that its bytes bound. Avro skips what
 * only the writer's schema has, level by level and item by item, and whoever may register a schema chooses that one: a
 * type that contains itself takes a level of the stack for each byte, and an array of nulls no byte for any of 2⁶³
 * items. The reader would die of it, or stand still, and so would the next one, at the same record.
 */
final class BoundedSchema {
    /** With every use of a named type counted anew; the contract's largest schema has some two hundred. */
    private static final int MOST_TYPES = 2_000;

    /** The contract's deepest has thirteen levels. */
    private static final int DEEPEST = 32;

    private int types;

    private BoundedSchema() {}

    /** @throws SerializationException if it is not */
    static void require(Schema writer) {
        new BoundedSchema().takesBytes(writer, 1);
    }

    private boolean takesBytes(Schema schema, int depth) {
        types++;
        if (types > MOST_TYPES || depth > DEEPEST) {
            throw new SerializationException("The schema of these bytes has a type within itself, or too many types.");
        }
        return switch (schema.getType()) {
            case NULL -> false;
            case FIXED -> schema.getFixedSize() > 0;
            case RECORD -> anyTakesBytes(schema, depth);
            case ARRAY -> itemsTakeBytes(schema, depth);
            case MAP -> {
                takesBytes(schema.getValueType(), depth + 1);
                yield true;
            }
            case UNION -> {
                schema.getTypes().forEach(type -> takesBytes(type, depth + 1));
                yield true;
            }
            default -> true;
        };
    }

    private boolean anyTakesBytes(Schema schema, int depth) {
        boolean any = false;
        for (Schema.Field field : schema.getFields()) {
            any |= takesBytes(field.schema(), depth + 1);
        }
        return any;
    }

    private boolean itemsTakeBytes(Schema schema, int depth) {
        if (!takesBytes(schema.getElementType(), depth + 1)) {
            throw new SerializationException("The schema of these bytes has an array of items without bytes.");
        }
        return true;
    }
}
