package io.quittance.streams.domain.model;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table, collection or prefix that holds data on people.
 *
 * @param legalGround why rows are retained; present whenever {@code onDelete} is RETAIN
 * @param backupDays days until backups have expired; 0 where there are none
 */
public record Dataset(
        String name,
        String location,
        Locator locator,
        List<Field> fields,
        Disposal onDelete,
        @Nullable String legalGround,
        int backupDays) {
    public Dataset {
        fields = List.copyOf(fields);
    }

    public SortedSet<String> categories() {
        var categories = new TreeSet<String>();
        fields.forEach(field -> categories.add(field.category()));
        return categories;
    }
}
