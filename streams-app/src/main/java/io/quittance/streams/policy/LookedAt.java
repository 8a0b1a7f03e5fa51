package io.quittance.streams.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a condition looks at, as text for the audit; personal values are not shown. */
final class LookedAt {

    static final String PERSONAL = "(personal)";
    static final String ABSENT = "(absent)";

    private static final int LONGEST = 200;

    private LookedAt() {}

    /** A variable's field; no field for the variable {@code now} itself. */
    record Path(String variable, String field) implements Comparable<Path> {

        private static final Comparator<Path> ORDER =
                Comparator.comparing(Path::variable).thenComparing(Path::field);

        @Override
        public int compareTo(Path other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return field.isEmpty() ? variable : variable + "." + field;
        }
    }

    static SortedSet<Path> pathsOf(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .flatMap(expression -> pathOf(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The field that an expression names, if it names one. */
    static Optional<Vocabulary.Field<?>> fieldOf(CelExpr expression) {
        return pathOf(expression).flatMap(path -> Vocabulary.find(path.variable(), path.field()));
    }

    /** The value that an expression names by itself. */
    static Optional<Path> pathOf(CelExpr expression) {
        Kind kind = expression.getKind();
        if (kind == Kind.IDENT && expression.ident().name().equals(Vocabulary.NOW)) {
            return Optional.of(new Path(Vocabulary.NOW, ""));
        }
        if (kind == Kind.SELECT && expression.select().operand().getKind() == Kind.IDENT) {
            String variable = expression.select().operand().ident().name();
            String field = expression.select().field();
            return Vocabulary.find(variable, field).map(found -> new Path(variable, field));
        }
        return Optional.empty();
    }

    static SortedMap<String, String> render(SortedSet<Path> paths, Map<String, Object> values) {
        SortedMap<String, String> shown = new TreeMap<>();
        paths.forEach(path -> shown.put(path.toString(), shown(path, values)));
        return shown;
    }

    private static String shown(Path path, Map<String, Object> values) {
        if (Vocabulary.find(path.variable(), path.field())
                .map(Vocabulary.Field::personal)
                .orElse(false)) {
            return PERSONAL;
        }
        return text(value(path, values));
    }

    private static @Nullable Object value(Path path, Map<String, Object> values) {
        Object variable = values.get(path.variable());
        return variable instanceof Map<?, ?> fields ? fields.get(path.field()) : variable;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return ABSENT;
        }
        String text = value.toString();
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
