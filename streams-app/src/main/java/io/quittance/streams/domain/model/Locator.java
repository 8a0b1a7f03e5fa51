package io.quittance.streams.domain.model;

import java.util.List;

/** How a subject's rows or objects are found. */
public record Locator(String identifier, String column, List<ForeignKey> path) {
    public Locator {
        path = List.copyOf(path);
    }
}
