package io.quittance.streams.cli.document;

import io.quittance.schema.SystemEntry;
import io.quittance.streams.yaml.Position;
import java.util.Map;

/**
 * A data map entry as read from a file, before it is published: version 0, published by nobody at the epoch.
 *
 * @param at where its name stands
 * @param after where each system that it comes after is named
 */
public record SystemDraft(SystemEntry entry, Position at, Map<String, Position> after) {

    public SystemDraft {
        after = Map.copyOf(after);
    }

    public String system() {
        return entry.getSystem();
    }
}
