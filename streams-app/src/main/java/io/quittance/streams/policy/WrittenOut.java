package io.quittance.streams.policy;

import dev.cel.bundle.Cel;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.validator.CelAstValidator;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks when a policy is published what would otherwise fail with the first request: blocks of addresses, regular
 * expressions, time zones and names of calendars, which have to be written out for it. And that a scope, whose empty
 * list means everything, stands only where that is known: anything else finds nothing forbidden in it, or finds nothing
 * else beside what is allowed, just when all is asked for.
 *
 * <p>Scopes and time zones are warnings: earlier versions did not look at them, and a policy in force must not be gone
 * with an upgrade.
 */
final class WrittenOut implements CelAstValidator {

    private static final String MATCHES = "matches";

    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_");

    /** Parts of a time, in the zone that they are given. */
    private static final Set<String> TIME_PARTS = Set.of(
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");

    /** CEL takes these beside names of zones; but {@code -0:30}, in which it misses the sign. */
    private static final Pattern OFFSET = Pattern.compile("(?!-0:)([+-]?)(\\d{1,2}):(\\d{2})");

    private final Set<String> calendars;

    WrittenOut(Set<String> calendars) {
        this.calendars = calendars;
    }

    @Override
    public void validate(CelNavigableAst tree, Cel cel, IssuesFactory issues) {
        tree.getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expression -> expression.getKind() == Kind.CALL)
                .forEach(call -> check(call, issues));
        tree.getRoot()
                .allNodes()
                .filter(node -> isScope(node.expr()) && !isUnderstood(node))
                .forEach(node -> issues.addWarning(
                        node.id(),
                        "An empty list of systems or categories means all of them, which only within and touches"
                                + " know; use within or touches, or compare it with []"));
    }

    private void check(CelExpr call, IssuesFactory issues) {
        String function = call.call().function();
        if (function.equals(MATCHES)) {
            checkExpression(call, issues);
        } else if (function.equals(Functions.IN_CIDR)) {
            checkBlocks(call.call().args().get(1), issues);
        } else if (CalendarFunctions.NAMES.contains(function)) {
            checkCalendar(call.call().args().get(0), issues);
        } else if (Functions.SCOPE_SETS.contains(function)) {
            checkIsScope(call, issues);
        } else if (TIME_PARTS.contains(function)) {
            call.call().args().forEach(zone -> checkZone(zone, issues));
        }
    }

    /** What it would cost is known only of one that is written out. */
    private static void checkExpression(CelExpr call, IssuesFactory issues) {
        List<CelExpr> arguments = call.call().args();
        CelExpr expression = arguments.get(arguments.size() - 1);
        Optional<String> text = text(expression);
        if (text.isEmpty()) {
            issues.addError(expression.id(), "Write the regular expression out");
        } else if (!Repetition.isBounded(text.get())) {
            issues.addError(
                    expression.id(),
                    "The regular expression repeats too often: its counts, such as {20}, may come to " + Repetition.MOST
                            + " when multiplied");
        }
    }

    private static void checkBlocks(CelExpr written, IssuesFactory issues) {
        List<CelExpr> blocks = written.getKind() == Kind.LIST ? written.list().elements() : List.of(written);
        blocks.forEach(block -> text(block)
                .ifPresentOrElse(
                        text -> checkBlock(block, text, issues),
                        () -> issues.addError(block.id(), "Write the block of addresses out, such as \"10.0.0.0/8\"")));
    }

    private static void checkBlock(CelExpr block, String text, IssuesFactory issues) {
        try {
            Cidr.parse(text);
        } catch (IllegalArgumentException senseless) {
            issues.addError(block.id(), String.valueOf(senseless.getMessage()));
        }
    }

    private void checkCalendar(CelExpr name, IssuesFactory issues) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            issues.addError(name.id(), "Write the name of the calendar out");
        } else if (!calendars.contains(text.get())) {
            issues.addError(
                    name.id(),
                    "There is no calendar '" + text.get() + "' in this policy; "
                            + (calendars.isEmpty() ? "it has none" : "it has " + new TreeSet<>(calendars)));
        }
    }

    private static void checkIsScope(CelExpr call, IssuesFactory issues) {
        if (call.call().target().filter(WrittenOut::isScope).isEmpty()) {
            issues.addError(
                    call.id(),
                    "'" + call.call().function() + "' takes an empty list for everything, as request.systems and"
                            + " request.categories do, and is for these two; for other lists use sets.contains or"
                            + " sets.intersects");
        }
    }

    private static void checkZone(CelExpr zone, IssuesFactory issues) {
        text(zone)
                .filter(text -> !isZone(text))
                .ifPresent(text -> issues.addWarning(
                        zone.id(), "'" + text + "' is no time zone, such as Europe/Berlin, UTC or +02:00"));
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(inFull(text));
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    /** An offset with its sign and two digits for the hours; anything else as it is. */
    private static String inFull(String text) {
        Matcher offset = OFFSET.matcher(text);
        if (!offset.matches()) {
            return text;
        }
        String sign = offset.group(1).isEmpty() ? "+" : offset.group(1);
        String hours = offset.group(2).length() == 1 ? "0" + offset.group(2) : offset.group(2);
        return sign + hours + ":" + offset.group(3);
    }

    /** Whether a scope is what within or touches is asked of, or is compared with the empty list. */
    private static boolean isUnderstood(CelNavigableExpr scope) {
        Optional<CelExpr> call =
                scope.parent().map(CelNavigableExpr::expr).filter(parent -> parent.getKind() == Kind.CALL);
        boolean asked = call.filter(
                        parent -> Functions.SCOPE_SETS.contains(parent.call().function()))
                .flatMap(parent -> parent.call().target())
                .filter(target -> target.id() == scope.id())
                .isPresent();
        boolean compared = call.filter(
                        parent -> COMPARISONS.contains(parent.call().function()))
                .filter(parent -> parent.call().args().stream().anyMatch(WrittenOut::isEmptyList))
                .isPresent();
        return asked || compared;
    }

    private static boolean isEmptyList(CelExpr expression) {
        return expression.getKind() == Kind.LIST && expression.list().elements().isEmpty();
    }

    private static boolean isScope(CelExpr expression) {
        return LookedAt.fieldOf(expression)
                .filter(Vocabulary.Field::emptyMeansAll)
                .isPresent();
    }

    private static Optional<String> text(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expression.constant().stringValue())
                : Optional.empty();
    }
}
