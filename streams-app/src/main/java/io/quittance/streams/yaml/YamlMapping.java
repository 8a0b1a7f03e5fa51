package io.quittance.streams.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A YAML mapping read key by key. Each mistake is noted with its position and answered with a stand-in, so that reading
 * goes on and finds the next; no stand-in goes further than its reader, because a document with problems is thrown
 * away. Whoever has read all keys calls {@link #refuseOtherKeys()}.
 */
public final class YamlMapping {

    private final YamlNode node;
    private final boolean layered;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private final Map<String, YamlNode> keys = new LinkedHashMap<>();
    private final Set<String> read = new LinkedHashSet<>();

    private YamlMapping(YamlNode node, boolean layered) {
        this.node = node;
        this.layered = layered;
        node.mapping()
                .ifPresentOrElse(
                        mapping -> mapping.getValue().forEach(this::add),
                        () -> node.problem("Expected keys and values here, such as 'name: value'."));
    }

    public static YamlMapping of(YamlNode node) {
        return new YamlMapping(node, false);
    }

    /** One that lies over another: a key without a value takes away what the other says. */
    public static YamlMapping layer(YamlNode node) {
        return new YamlMapping(node, true);
    }

    public Position position() {
        return node.position();
    }

    public void problem(String message) {
        node.problem(message);
    }

    /** The keys there are; for a mapping whose keys the user chooses. */
    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return optional(key).isPresent();
    }

    /** The key itself, for a problem that is about having it. */
    public YamlNode keyNode(String key) {
        return keys.getOrDefault(key, node);
    }

    /**
     * The value, if the key is there. A key that is there without one is a mistake: it was to say something, and taking
     * it for absent would let what it was to ask for be left out.
     */
    public Optional<YamlNode> optional(String key) {
        boolean first = read.add(key);
        Optional<YamlNode> value = Optional.ofNullable(values.get(key));
        if (first && !layered && value.filter(YamlNode::isNull).isPresent()) {
            keyNode(key).problem("'" + key + "' has no value; give it one or remove the key.");
        }
        return value.filter(there -> !there.isNull());
    }

    public String text(String key, int longest) {
        return optional(key).map(value -> textOf(value, key, longest)).orElseGet(() -> {
            missing(key);
            return "";
        });
    }

    public String text(String key, int longest, String otherwise) {
        return optional(key).map(value -> textOf(value, key, longest)).orElse(otherwise);
    }

    public int number(String key, int least, int most, int otherwise) {
        return optional(key)
                .map(value -> {
                    String text = value.scalar().orElse("");
                    // Ten digits hold every int and still fit a long.
                    long number = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
                    if (number < least || number > most) {
                        value.problem("'" + key + "' must be a whole number from " + least + " to " + most + ".");
                        return otherwise;
                    }
                    return (int) number;
                })
                .orElse(otherwise);
    }

    public boolean flag(String key, boolean otherwise) {
        return optional(key)
                .map(value -> switch (value.scalar().orElse("")) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> {
                        value.problem("'" + key + "' must be true or false.");
                        yield otherwise;
                    }
                })
                .orElse(otherwise);
    }

    public Duration duration(String key, Duration longest, Duration otherwise) {
        return optional(key).flatMap(value -> durationOf(value, key, longest)).orElse(otherwise);
    }

    private static Optional<Duration> durationOf(YamlNode value, String key, Duration longest) {
        Optional<Duration> duration = value.scalar().flatMap(Durations::parse).filter(Durations::isPositive);
        if (duration.isEmpty()) {
            value.problem("'" + key + "' must be a time greater than nothing, such as 30m, 12h, 7d or PT30M.");
        } else if (duration.get().compareTo(longest) > 0) {
            value.problem("'" + key + "' must not be longer than " + Durations.format(longest) + ".");
            return Optional.empty();
        }
        return duration;
    }

    /**
     * One of an enum of the contract, in which UNKNOWN stands for what a reader does not know and may not be written.
     */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return optional(key).map(value -> choiceOf(value, key, type, otherwise)).orElse(otherwise);
    }

    /** The same, where it has to be said. The stand-in is the first constant: UNKNOWN. */
    public <E extends Enum<E>> E requiredChoice(String key, Class<E> type) {
        E unknown = type.getEnumConstants()[0];
        if (!has(key)) {
            missing(key);
        }
        return choice(key, type, unknown);
    }

    public static <E extends Enum<E>> E choiceOf(YamlNode value, String what, Class<E> type, E otherwise) {
        List<E> legal = Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .toList();
        Optional<E> chosen = legal.stream()
                .filter(constant -> constant.name().equals(value.scalar().orElse("")))
                .findFirst();
        if (chosen.isEmpty()) {
            value.problem("'" + what + "' must be one of "
                    + legal.stream().map(Enum::name).collect(Collectors.joining(", ")) + ".");
        }
        return chosen.orElse(otherwise);
    }

    /** A text of one line, as the pipeline takes it; the line break that ends a block is no part of it. */
    public static String textOf(YamlNode value, String what, int longest) {
        String block = value.scalar().orElse("");
        String text = value.isBlock() && block.endsWith("\n") ? block.substring(0, block.length() - 1) : block;
        if (text.chars().anyMatch(Character::isISOControl)) {
            value.problem("'" + what + "' must be one line without control characters; where it is long, '>' joins"
                    + " the lines under it.");
        }
        return bounded(value, what, text, longest);
    }

    /** A text of any number of lines. */
    public static String linesOf(YamlNode value, String what, int longest) {
        return bounded(value, what, value.scalar().orElse(""), longest);
    }

    private static String bounded(YamlNode value, String what, String text, int longest) {
        if (text.isBlank()) {
            value.problem("'" + what + "' must be a text that is not empty.");
        } else if (text.length() > longest) {
            value.problem("'" + what + "' must not be longer than " + longest + " characters.");
        }
        return text;
    }

    /** A list under a key; no key is an empty list. */
    public <T> List<T> list(String key, Function<YamlNode, T> element) {
        return optional(key)
                .map(value -> value.elements().orElseGet(() -> {
                    value.problem("'" + key + "' must be a list: '[a, b]', or one '- a' per line.");
                    return List.of();
                }))
                .orElse(List.of())
                .stream()
                .map(element)
                .toList();
    }

    /** The same, with at least one element. */
    public <T> List<T> requiredList(String key, Function<YamlNode, T> element) {
        List<T> list = list(key, element);
        if (!has(key)) {
            missing(key);
        } else if (list.isEmpty()) {
            keyNode(key).problem("'" + key + "' must not be empty.");
        }
        return list;
    }

    /** A mapping whose keys the user chooses; no key is an empty one. */
    public <T> List<T> entries(String key, BiFunction<String, YamlNode, T> entry) {
        List<T> entries = new ArrayList<>();
        optional(key)
                .map(YamlMapping::of)
                .ifPresent(mapping -> mapping.values.forEach((name, value) -> entries.add(entry.apply(name, value))));
        return entries;
    }

    public void refuseOtherKeys() {
        keys.forEach((key, at) -> {
            if (!read.contains(key)) {
                at.problem("Unknown key '" + key + "'; known here: " + String.join(", ", read) + ".");
            }
        });
    }

    /** One that is there without a value was told already. */
    public void missing(String key) {
        if (!keys.containsKey(key)) {
            node.problem("'" + key + "' is missing.");
        }
    }

    private void add(NodeTuple tuple) {
        YamlNode key = node.with(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
            key.problem("A key must be a plain text.");
            return;
        }
        if (keys.putIfAbsent(scalar.getValue(), key) != null) {
            key.problem("'" + scalar.getValue() + "' is here twice.");
            return;
        }
        values.put(scalar.getValue(), node.with(tuple.getValueNode()));
    }
}
