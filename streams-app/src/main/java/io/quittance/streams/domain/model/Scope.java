package io.quittance.streams.domain.model;

import java.util.List;

/** Part of the systems and categories; an empty list means all. */
public record Scope(List<String> systems, List<String> categories) {
    public static final Scope EVERYTHING = new Scope(List.of(), List.of());

    public Scope {
        systems = List.copyOf(systems);
        categories = List.copyOf(categories);
    }

    public boolean includesSystem(String system) {
        return systems.isEmpty() || systems.contains(system);
    }

    public boolean includesCategory(String category) {
        return categories.isEmpty() || categories.contains(category);
    }
}
