package io.quittance.streams.cli.policy;

import io.quittance.streams.yaml.YamlMapping;
import io.quittance.streams.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping over another: what the upper one does not say, the lower one does. Both are read key by key, so that
 * unknown keys are found in both.
 */
final class Layers {

    private static final int LONGEST = 256;

    private final List<YamlMapping> layers;

    private Layers(List<YamlMapping> layers) {
        this.layers = layers;
    }

    static Layers of(Optional<YamlMapping> upper, Optional<YamlMapping> lower) {
        return new Layers(Stream.of(upper, lower).flatMap(Optional::stream).toList());
    }

    Layers under(String key) {
        List<YamlMapping> taken = find(key).isPresent() ? layers : List.of();
        return new Layers(taken.stream()
                .flatMap(layer -> layer.optional(key).stream())
                .map(YamlMapping::layer)
                .toList());
    }

    String text(String key, String otherwise) {
        return find(key).map(layer -> layer.text(key, LONGEST, otherwise)).orElse(otherwise);
    }

    @Nullable
    String text(String key) {
        return find(key).map(layer -> layer.text(key, LONGEST)).orElse(null);
    }

    int number(String key, int most) {
        return find(key).map(layer -> layer.number(key, 0, most, 0)).orElse(0);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return find(key).map(layer -> layer.choice(key, type, otherwise)).orElse(otherwise);
    }

    <T> List<T> list(String key, Function<YamlNode, T> element) {
        return find(key).map(layer -> layer.list(key, element)).orElse(List.of());
    }

    List<String> texts(String key) {
        return list(key, node -> YamlMapping.textOf(node, key, LONGEST));
    }

    Instant time(String key, Instant otherwise) {
        return find(key)
                .flatMap(layer -> layer.optional(key))
                .map(value -> time(value, key, otherwise))
                .orElse(otherwise);
    }

    void refuseOtherKeys() {
        layers.forEach(YamlMapping::refuseOtherKeys);
    }

    static Instant time(YamlNode value, String what, Instant otherwise) {
        try {
            return Instant.parse(value.scalar().orElse(""));
        } catch (DateTimeException notOne) {
            value.problem("'" + what + "' must be a moment such as 2026-03-02T10:00:00Z.");
            return otherwise;
        }
    }

    /**
     * The uppermost layer that says it, if that does not say null, which takes a default away. The others are asked
     * too, so that their key counts as known.
     */
    private Optional<YamlMapping> find(String key) {
        layers.forEach(layer -> layer.has(key));
        return layers.stream()
                .filter(layer -> layer.keys().contains(key))
                .findFirst()
                .filter(layer -> layer.has(key));
    }
}
