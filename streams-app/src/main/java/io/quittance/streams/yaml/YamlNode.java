package io.quittance.streams.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML node that knows its file and where its mistakes go. */
public record YamlNode(Node node, SourceFile source, Problems problems) {

    private static final int LONGEST = 1_000_000;
    private static final int DEEPEST = 64;

    /** The documents of a file; mistakes in the YAML itself are problems too. */
    public static List<YamlNode> documents(SourceFile source, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(source.name()).setUseMarks(true).build();
        List<YamlNode> documents = new ArrayList<>();
        if (source.text().length() > LONGEST) {
            refuse(problems, start(source), "This has more than " + LONGEST + " characters; no document needs that.");
        }
        try {
            ensureShallow(settings, source);
            for (Node document : new Compose(settings).composeAllFromString(source.text())) {
                documents.add(new YamlNode(document, source, problems));
            }
        } catch (TooDeepException tooDeep) {
            refuse(
                    problems,
                    tooDeep.at(),
                    "This is nested more than " + DEEPEST + " levels deep; no document needs that.");
        } catch (MarkedYamlEngineException unreadable) {
            refuse(
                    problems,
                    position(source, unreadable.getProblemMark()),
                    "This is not YAML: " + unreadable.getProblem() + ".");
        } catch (YamlEngineException unreadable) {
            refuse(problems, start(source), "This is not YAML: " + unreadable.getMessage());
        }
        if (documents.isEmpty()) {
            refuse(problems, start(source), "There is no document in this file.");
        }
        return documents;
    }

    /**
     * The document of a file that holds one. A second would never be read, so it is a mistake.
     *
     * @param mend what to do about a second one, as a sentence
     */
    public static YamlNode only(SourceFile source, Problems problems, String mend) {
        List<YamlNode> documents = documents(source, problems);
        if (documents.size() > 1) {
            documents.get(1).problem(mend);
        }
        return documents.get(0);
    }

    private static void refuse(Problems problems, Position at, String message) {
        problems.add(at, message);
        problems.throwIfAny();
    }

    /** Composing is recursive, and would end with the stack; events are read one after the other. */
    private static void ensureShallow(LoadSettings settings, SourceFile source) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(source.text())) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw new TooDeepException(position(source, event.getStartMark()));
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static final class TooDeepException extends YamlEngineException {
        private static final long serialVersionUID = 1L;

        private final transient Position at;

        TooDeepException(Position at) {
            super("nested too deep");
            this.at = at;
        }

        Position at() {
            return at;
        }
    }

    public Position position() {
        return position(source, node.getStartMark());
    }

    public void problem(String message) {
        problems.add(position(), message);
    }

    public Optional<String> scalar() {
        return node instanceof ScalarNode scalar && !isNull() ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** Whether it is a text under {@code |} or {@code >}. */
    boolean isBlock() {
        return node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    }

    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    public Optional<MappingNode> mapping() {
        return node instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
    }

    public Optional<List<YamlNode>> elements() {
        return node instanceof SequenceNode sequence
                ? Optional.of(sequence.getValue().stream().map(this::with).toList())
                : Optional.empty();
    }

    public YamlNode with(Node other) {
        return new YamlNode(other, source, problems);
    }

    private static Position position(SourceFile source, Optional<Mark> mark) {
        return mark.map(at -> new Position(source.name(), at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> start(source));
    }

    private static Position start(SourceFile source) {
        return new Position(source.name(), 1, 1);
    }
}
