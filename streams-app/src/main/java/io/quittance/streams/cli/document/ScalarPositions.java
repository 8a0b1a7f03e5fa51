package io.quittance.streams.cli.document;

import io.quittance.streams.cli.document.ConditionChecker.ConditionProblem;
import io.quittance.streams.yaml.Position;
import io.quittance.streams.yaml.YamlNode;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds a place inside a scalar's text in the file again. Where YAML folds lines, the scalar's beginning has to do. */
final class ScalarPositions {

    private ScalarPositions() {}

    static Position locate(YamlNode value, ConditionProblem problem) {
        Position start = value.position();
        if (!(value.node() instanceof ScalarNode scalar)) {
            return start;
        }
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL) {
            return inLiteral(value, start, problem);
        }
        boolean oneLine = spansOneLine(scalar) && problem.line() == 1;
        if (style == ScalarStyle.FOLDED || !oneLine) {
            return start;
        }
        int quote = style == ScalarStyle.PLAIN ? 0 : 1;
        return new Position(start.file(), start.line(), start.column() + quote + problem.column() - 1);
    }

    /** The text begins on the line after the {@code |}, indented as its first line that is not empty. */
    private static Position inLiteral(YamlNode value, Position start, ConditionProblem problem) {
        List<String> lines = value.source().text().lines().toList();
        int indent = lines.stream()
                .skip(start.line())
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> line.length() - line.stripLeading().length())
                .orElse(0);
        return new Position(start.file(), start.line() + problem.line(), indent + problem.column());
    }

    private static boolean spansOneLine(ScalarNode scalar) {
        return scalar.getStartMark()
                .flatMap(start -> scalar.getEndMark().map(end -> start.getLine() == end.getLine()))
                .orElse(false);
    }
}
