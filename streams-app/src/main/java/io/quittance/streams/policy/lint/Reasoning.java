package io.quittance.streams.policy.lint;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an expression may come to under an assumption. What it does not understand may come to anything. */
record Reasoning(Assumption assumption) {

    int of(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT ->
                expression.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                        ? Possible.of(expression.constant().booleanValue())
                        : Possible.ANYTHING;
            case SELECT -> select(expression);
            case CALL -> call(expression);
            default -> unclear(expression);
        };
    }

    private int select(CelExpr expression) {
        Optional<String> path = Shape.path(expression);
        if (path.isEmpty()) {
            return unclear(expression);
        }
        if (expression.select().testOnly()) {
            return present(path.get());
        }
        return value(expression)
                .filter(Boolean.class::isInstance)
                .map(flag -> Possible.of((Boolean) flag))
                .orElseGet(() -> unclear(expression));
    }

    private int present(String path) {
        if (assumption.absent().contains(path)) {
            return Possible.FALSE;
        }
        return Assumption.OPTIONAL.contains(path) && !assumption.known().containsKey(path)
                ? Possible.EITHER
                : Possible.TRUE;
    }

    private int call(CelExpr expression) {
        List<CelExpr> arguments = expression.call().args();
        return switch (expression.call().function()) {
            case "_&&_" -> Possible.and(of(arguments.get(0)), of(arguments.get(1)));
            case "_||_" -> Possible.or(of(arguments.get(0)), of(arguments.get(1)));
            case "!_" -> Possible.not(of(arguments.get(0)));
            case "_?_:_" -> Possible.choose(of(arguments.get(0)), of(arguments.get(1)), of(arguments.get(2)));
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" -> comparison(expression, arguments);
            case "@in" -> membership(expression, arguments);
            default -> unclear(expression);
        };
    }

    private int comparison(CelExpr expression, List<CelExpr> sides) {
        Optional<Object> left = value(sides.get(0));
        Optional<Object> right = value(sides.get(1));
        if (left.isEmpty() || right.isEmpty()) {
            return unclear(expression);
        }
        String function = expression.call().function();
        if (function.equals("_==_") || function.equals("_!=_")) {
            return Possible.of(left.get().equals(right.get()) == function.equals("_==_"));
        }
        return left.get() instanceof Long one && right.get() instanceof Long two
                ? Possible.of(ordered(function, one, two))
                : unclear(expression);
    }

    private static boolean ordered(String function, long left, long right) {
        return switch (function) {
            case "_<_" -> left < right;
            case "_<=_" -> left <= right;
            case "_>_" -> left > right;
            default -> left >= right;
        };
    }

    private int membership(CelExpr expression, List<CelExpr> arguments) {
        Optional<Object> element = value(arguments.get(0));
        if (element.isEmpty() || arguments.get(1).getKind() != Kind.LIST) {
            return unclear(expression);
        }
        List<Optional<Object>> members =
                arguments.get(1).list().elements().stream().map(this::value).toList();
        if (members.contains(element)) {
            return Possible.TRUE;
        }
        return members.stream().allMatch(Optional::isPresent) ? Possible.FALSE : unclear(expression);
    }

    private Optional<Object> value(CelExpr expression) {
        if (expression.getKind() == Kind.CONSTANT) {
            return switch (expression.constant().getKind()) {
                case STRING_VALUE -> Optional.of(expression.constant().stringValue());
                case INT64_VALUE -> Optional.of(expression.constant().int64Value());
                case BOOLEAN_VALUE -> Optional.of(expression.constant().booleanValue());
                default -> Optional.empty();
            };
        }
        return expression.getKind() == Kind.SELECT && expression.select().testOnly()
                ? Optional.empty()
                : Shape.path(expression).map(assumption.known()::get);
    }

    /** Whatever looks at something that is not there can fail. */
    private int unclear(CelExpr expression) {
        return touchesAbsent(expression) ? assumption.otherwise() | Possible.ERROR : assumption.otherwise();
    }

    private boolean touchesAbsent(CelExpr expression) {
        boolean itself =
                Shape.path(expression).filter(assumption.absent()::contains).isPresent()
                        && !expression.select().testOnly();
        return itself || parts(expression).anyMatch(this::touchesAbsent);
    }

    private static Stream<CelExpr> parts(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> Stream.of(expression.select().operand());
            case CALL -> Stream.concat(expression.call().target().stream(), expression.call().args().stream());
            case LIST -> expression.list().elements().stream();
            case MAP -> expression.map().entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value()));
            case STRUCT -> expression.struct().entries().stream().map(CelExpr.CelStruct.Entry::value);
            case COMPREHENSION ->
                Stream.of(
                        expression.comprehension().iterRange(),
                        expression.comprehension().accuInit(),
                        expression.comprehension().loopCondition(),
                        expression.comprehension().loopStep(),
                        expression.comprehension().result());
            default -> Stream.empty();
        };
    }
}
