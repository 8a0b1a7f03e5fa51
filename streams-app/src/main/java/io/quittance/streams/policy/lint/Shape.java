package io.quittance.streams.policy.lint;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparserFactory;
import io.quittance.streams.policy.Macros;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition as it is written, without its types: it was checked before, and is not evaluated here. */
final class Shape {

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current().populateMacroCalls(true).build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(new Macros())
            .build();

    private static final Set<String> CALENDAR_FUNCTIONS = Set.of("businessDays", "isBusinessTime", "isClosed");

    private final CelAbstractSyntaxTree tree;

    private Shape(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** @throws IllegalArgumentException if it does not parse: only policies that compile are looked at */
    static Shape of(String condition) {
        try {
            return new Shape(PARSER.parse(condition).getAst());
        } catch (CelValidationException unparsable) {
            throw new IllegalArgumentException("Look only at conditions that compile.", unparsable);
        }
    }

    /** What it may come to. Never says that something is impossible which is not. */
    int possible(Assumption assumption) {
        return new Reasoning(assumption).of(tree.getExpr());
    }

    /** Its parts that all have to hold, written one way. */
    Set<String> conjuncts() {
        Set<String> found = new HashSet<>();
        collectConjuncts(tree.getExpr(), found);
        return found;
    }

    /** Fields that it names, {@code has()} included. */
    Set<String> paths() {
        return expressions()
                .flatMap(expression -> path(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Calendars that it names. */
    Set<String> calendars() {
        return expressions()
                .filter(expression -> expression.getKind() == Kind.CALL
                        && CALENDAR_FUNCTIONS.contains(expression.call().function())
                        && !expression.call().args().isEmpty())
                .flatMap(call -> text(call.call().args().get(0)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Optional<String> path(CelExpr expression) {
        return expression.getKind() == Kind.SELECT
                        && expression.select().operand().getKind() == Kind.IDENT
                ? Optional.of(expression.select().operand().ident().name() + "."
                        + expression.select().field())
                : Optional.empty();
    }

    static Optional<String> text(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expression.constant().stringValue())
                : Optional.empty();
    }

    private Stream<CelExpr> expressions() {
        return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr);
    }

    private void collectConjuncts(CelExpr expression, Set<String> found) {
        if (expression.getKind() == Kind.CALL && expression.call().function().equals("_&&_")) {
            List<CelExpr> sides = new ArrayList<>(expression.call().args());
            sides.forEach(side -> collectConjuncts(side, found));
        } else {
            found.add(written(expression));
        }
    }

    private String written(CelExpr expression) {
        return CelUnparserFactory.newUnparser()
                .unparse(CelAbstractSyntaxTree.newParsedAst(expression, tree.getSource()));
    }
}
