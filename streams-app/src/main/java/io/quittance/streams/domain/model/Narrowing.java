package io.quittance.streams.domain.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval for less than was asked: fewer systems, fewer categories, a shorter window. Empty and null mean: as
 * planned.
 */
public record Narrowing(
        List<String> systems,
        List<String> categories,
        @Nullable Duration window) {
    public static final Narrowing NONE = new Narrowing(List.of(), List.of(), null);

    public Narrowing {
        systems = List.copyOf(systems);
        categories = List.copyOf(categories);
    }
}
