package io.quittance.executor.grant;

import io.quittance.schema.Task;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Every way to change one thing in a task, found in its schema: a field that is added later is among them. */
final class Tampering {
    /** @param field its path from the task, such as {@code grant.not_after} or {@code datasets[].locator.column} */
    record Change(String field, UnaryOperator<Task> tamper) {
        @Override
        public String toString() {
            return field;
        }
    }

    /** Leads from the task to a record in it. */
    private interface Way {
        IndexedRecord follow(Task task);
    }

    private Tampering() {}

    /** @param whole a task in which every list has an element, and every record is there */
    static Stream<Change> of(Task whole) {
        List<Change> changes = new ArrayList<>();
        collect("", whole, task -> task, changes);
        return changes.stream();
    }

    static Task copy(Task task) {
        return SpecificData.get().deepCopy(Task.getClassSchema(), task);
    }

    private static void collect(String path, IndexedRecord at, Way way, List<Change> changes) {
        for (Schema.Field field : at.getSchema().getFields()) {
            int position = field.pos();
            String name = path + field.name();
            @Nullable Object value = at.get(position);
            changes.add(new Change(name, whole -> {
                Task task = copy(whole);
                way.follow(task).put(position, other(field.schema(), value));
                return task;
            }));
            if (value instanceof IndexedRecord inner) {
                collect(
                        name + ".",
                        inner,
                        task -> (IndexedRecord) way.follow(task).get(position),
                        changes);
            } else if (value instanceof List<?> list && list.get(0) instanceof IndexedRecord inner) {
                collect(name + "[].", inner, task -> first(way.follow(task).get(position)), changes);
            }
        }
    }

    private static IndexedRecord first(Object list) {
        return (IndexedRecord) ((List<?>) list).get(0);
    }

    /** Another value of that type. */
    private static @Nullable Object other(Schema schema, @Nullable Object value) {
        return switch (schema.getType()) {
            case STRING -> value + "x";
            case INT -> (Integer) Objects.requireNonNull(value) + 1;
            case LONG -> value instanceof Instant time ? time.plusMillis(1) : (Long) Objects.requireNonNull(value) + 1;
            case BOOLEAN -> !(Boolean) Objects.requireNonNull(value);
            case ENUM ->
                SpecificData.get()
                        .createEnum(schema.getEnumSymbols().get(value.toString().equals("UNKNOWN") ? 1 : 0), schema);
            case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case MAP -> Map.of();
            case ARRAY -> List.of();
            case UNION -> value == null ? other(schema.getTypes().get(1), "") : null;
            // The record of another field of the same type would do; its fields are changed one by one.
            case RECORD -> emptied((IndexedRecord) Objects.requireNonNull(value));
            default -> throw new IllegalArgumentException("no other value of type " + schema.getType());
        };
    }

    private static IndexedRecord emptied(IndexedRecord record) {
        IndexedRecord copy = SpecificData.get().deepCopy(record.getSchema(), record);
        Schema.Field first = record.getSchema().getFields().get(0);
        copy.put(first.pos(), other(first.schema(), copy.get(first.pos())));
        return copy;
    }
}
