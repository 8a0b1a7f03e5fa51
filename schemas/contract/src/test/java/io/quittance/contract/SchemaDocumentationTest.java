package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

    @Test
    void everyRecordEnumAndFieldSaysWhatItIs() {
        List<String> undocumented = new ArrayList<>();
        for (Schema type : namedTypes()) {
            if (isBlank(type.getDoc())) {
                undocumented.add(type.getName());
            }
            if (type.getType() == Schema.Type.RECORD) {
                type.getFields().stream()
                        .filter(field -> isBlank(field.doc()))
                        .forEach(field -> undocumented.add(type.getName() + "." + field.name()));
            }
        }
        assertThat(undocumented).isEmpty();
    }

    @Test
    void everyEnumReadsWhatItDoesNotKnowAsUnknown() {
        assertThat(namedTypes())
                .filteredOn(type -> type.getType() == Schema.Type.ENUM)
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN"));
    }

    @Test
    void everyPointInTimeIsALogicalType() {
        assertThat(namedTypes())
                .filteredOn(type -> type.getType() == Schema.Type.RECORD)
                .flatExtracting(Schema::getFields)
                .filteredOn(
                        field -> field.name().endsWith("_at") && field.schema().getType() != Schema.Type.MAP)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.schema().toString()).contains("timestamp-millis"));
    }

    private static boolean isBlank(String text) {
        return Objects.requireNonNullElse(text, "").isBlank();
    }

    private static Set<Schema> namedTypes() {
        Set<Schema> found = new HashSet<>();
        ContractSchemas.all().values().forEach(schema -> collect(schema, found));
        return found;
    }

    private static void collect(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM, FIXED -> found.add(schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }
}
