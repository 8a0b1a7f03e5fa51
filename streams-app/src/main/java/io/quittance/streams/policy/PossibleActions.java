package io.quittance.streams.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.quittance.streams.domain.model.Action;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions of which a condition is not plainly false. CEL's {@code &&} is false as soon as either side is, even
 * where the other is an error; so a condition with {@code request.action == "DELETE"} among its conjuncts is false of
 * any other action whatever the rest says, and need not be evaluated. Anything but such a plain comparison may hold of
 * all.
 */
final class PossibleActions {

    private static final Set<Action> ALL = Collections.unmodifiableSet(EnumSet.allOf(Action.class));

    private PossibleActions() {}

    static Set<Action> of(CelAbstractSyntaxTree tree) {
        return Collections.unmodifiableSet(of(tree.getExpr()));
    }

    private static Set<Action> of(CelExpr expression) {
        if (expression.getKind() != Kind.CALL || expression.call().args().size() != 2) {
            return ALL;
        }
        CelExpr left = expression.call().args().get(0);
        CelExpr right = expression.call().args().get(1);
        return switch (expression.call().function()) {
            case "_&&_" -> both(of(left), of(right));
            case "_==_" -> isAction(left) ? named(List.of(right)) : isAction(right) ? named(List.of(left)) : ALL;
            case "@in" ->
                isAction(left) && right.getKind() == Kind.LIST
                        ? named(right.list().elements())
                        : ALL;
            default -> ALL;
        };
    }

    private static Set<Action> both(Set<Action> left, Set<Action> right) {
        Set<Action> both = EnumSet.noneOf(Action.class);
        left.stream().filter(right::contains).forEach(both::add);
        return both;
    }

    private static boolean isAction(CelExpr expression) {
        return LookedAt.pathOf(expression)
                .filter(new LookedAt.Path("request", "action")::equals)
                .isPresent();
    }

    /** The actions written there; all, if something else stands there as well. */
    private static Set<Action> named(List<CelExpr> expressions) {
        List<Optional<Action>> actions =
                expressions.stream().map(PossibleActions::action).toList();
        return actions.stream().allMatch(Optional::isPresent)
                ? actions.stream().flatMap(Optional::stream).collect(Collectors.toSet())
                : ALL;
    }

    private static Optional<Action> action(CelExpr expression) {
        if (expression.getKind() != Kind.CONSTANT || expression.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.empty();
        }
        String name = expression.constant().stringValue();
        return Arrays.stream(Action.values())
                .filter(action -> action.name().equals(name))
                .findFirst();
    }
}
