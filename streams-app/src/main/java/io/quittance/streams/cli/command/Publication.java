package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.streams.cli.output.AvroJson;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.avro.generic.IndexedRecord;

/**
 * What publishing a document changes: nothing if the same one is in force already, so that applying is repeatable.
 *
 * @param name of the policy or system
 * @param version the one that is in force afterwards, from 1
 */
record Publication(String name, int version, Change change) {

    enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    private static final List<String> GIVEN_BY_PUBLISHING = List.of("version", "published_at", "published_by");

    /** @param firstVersion the version it gets if none is in force */
    static Publication of(
            String name, IndexedRecord draft, Optional<? extends IndexedRecord> inForce, IntSupplier firstVersion) {
        if (inForce.isEmpty()) {
            return new Publication(name, firstVersion.getAsInt(), Change.CREATED);
        }
        int version = (int)
                inForce.get().get(inForce.get().getSchema().getField("version").pos());
        return content(draft).equals(content(inForce.get()))
                ? new Publication(name, version, Change.UNCHANGED)
                : new Publication(name, version + 1, Change.UPDATED);
    }

    /** The same, but no version below that one is given. */
    Publication atLeast(int least) {
        return changes() && version < least ? new Publication(name, least, change) : this;
    }

    boolean changes() {
        return change != Change.UNCHANGED;
    }

    void report(Output output, boolean dryRun) {
        String verb = change.name().toLowerCase(Locale.ROOT);
        if (output.json()) {
            output.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("version", version)
                    .put("change", verb)
                    .put("dry_run", dryRun));
        } else {
            output.line(
                    name + " version " + version + " ",
                    changes() ? Standing.good(verb) : Standing.open(verb),
                    dryRun ? " (not published: dry run)" : "");
        }
    }

    private static ObjectNode content(IndexedRecord document) {
        return AvroJson.of(document).remove(GIVEN_BY_PUBLISHING);
    }
}
