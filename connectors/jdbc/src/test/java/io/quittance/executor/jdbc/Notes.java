package io.quittance.executor.jdbc;

import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Locator;
import io.quittance.schema.Transformation;
import java.sql.SQLException;
import java.util.List;

/** A partitioned table, beside the shop's: notes with an id below 10 are old. */
final class Notes {
    private Notes() {}

    static void create(Shop shop) throws SQLException {
        shop.run("CREATE TABLE shop.notes (id bigint, email text) PARTITION BY RANGE (id)");
        shop.run("CREATE TABLE shop.notes_old PARTITION OF shop.notes FOR VALUES FROM (0) TO (10)");
        shop.run("CREATE TABLE shop.notes_new PARTITION OF shop.notes FOR VALUES FROM (10) TO (20)");
    }

    static Dataset.Builder at(String location) {
        return Dataset.newBuilder()
                .setName("notes")
                .setLocation(location)
                .setLocator(new Locator("email", "email", List.of()))
                .setFields(List.of());
    }

    /** With a column {@code note} of which nothing stays. */
    static Dataset redacted(String location) {
        return at(location)
                .setFields(List.of(
                        new Field("email", "contact", Transformation.KEEP),
                        new Field("note", "contact", Transformation.REDACT)))
                .build();
    }
}
