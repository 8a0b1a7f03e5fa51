package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.streams.cli.output.Output;
import io.quittance.streams.cli.output.Standing;
import java.time.Instant;
import java.util.Locale;
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

    /** @param firstVersion the version it gets if there is none */
    static Publication of(String name, IndexedRecord draft, Published<?> before, IntSupplier firstVersion) {
        if (before.isEmpty()) {
            return new Publication(name, Math.max(firstVersion.getAsInt(), before.next(name)), Change.CREATED);
        }
        return before.inForce()
                .filter(inForce -> before.says(draft))
                .map(inForce -> new Publication(name, Published.version(inForce), Change.UNCHANGED))
                .orElseGet(() -> new Publication(name, before.next(name), Change.UPDATED));
    }

    /** The same, but no version below that one is given. */
    Publication atLeast(int least) {
        return changes() && version < least ? new Publication(name, least, change) : this;
    }

    boolean changes() {
        return change != Change.UNCHANGED;
    }

    /** Makes a draft the version that is published. */
    void stamp(IndexedRecord draft, Instant at, String by) {
        put(draft, "version", version);
        put(draft, "published_at", at);
        put(draft, "published_by", by);
    }

    void noteLate(Output output) {
        output.note("Somebody else published '" + name + "' at the same moment, and was first with version " + version
                + " or a later one. This one follows under the next version; that it was refused at first, a dead"
                + " letter says too.");
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

    private static void put(IndexedRecord draft, String field, Object value) {
        draft.put(draft.getSchema().getField(field).pos(), value);
    }
}
