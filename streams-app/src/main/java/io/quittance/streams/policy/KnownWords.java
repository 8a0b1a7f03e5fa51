package io.quittance.streams.policy;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.validator.CelAstValidator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Refuses a comparison with a word that a field never is ({@code request.action == "DELET"}): it would never hold, and
 * nobody would notice.
 */
final class KnownWords implements CelAstValidator {

    static final KnownWords INSTANCE = new KnownWords();

    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in", "_in_");

    private KnownWords() {}

    @Override
    public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
        tree.getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expression -> expression.getKind() == Kind.CALL
                        && COMPARISONS.contains(expression.call().function())
                        && expression.call().args().size() == 2)
                .forEach(comparison -> {
                    List<CelExpr> sides = comparison.call().args();
                    compare(sides.get(0), sides.get(1), issues);
                    compare(sides.get(1), sides.get(0), issues);
                });
    }

    private static void compare(CelExpr named, CelExpr other, IssuesFactory issues) {
        LookedAt.fieldOf(named)
                .filter(field -> !field.words().isEmpty())
                .ifPresent(field -> literals(other)
                        .filter(literal ->
                                !field.words().contains(literal.constant().stringValue()))
                        .forEach(literal -> issues.addError(
                                literal.id(),
                                "'" + literal.constant().stringValue() + "' is never the value of " + field.name()
                                        + "; it is one of " + new TreeSet<>(field.words()))));
    }

    private static Stream<CelExpr> literals(CelExpr expression) {
        Stream<CelExpr> parts =
                expression.getKind() == Kind.LIST ? expression.list().elements().stream() : Stream.of(expression);
        return parts.filter(
                part -> part.getKind() == Kind.CONSTANT && part.constant().getKind() == CelConstant.Kind.STRING_VALUE);
    }
}
