package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.policy.lint.Situations.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rules can be reached at all. Sound, not clever: what it calls unreachable is, and some that are it does not
 * see.
 */
final class Reachability {

    private record Before(Rule rule, Set<String> conjuncts) {}

    private final List<Before> before = new ArrayList<>();
    private final BitSet decided = new BitSet(Situations.ALL.size());
    private final List<Finding> findings = new ArrayList<>();
    private final List<RuleView> views = new ArrayList<>();

    private Reachability() {}

    /** Looks at rules in their order. */
    static Reachability of(List<Rule> rules) {
        Reachability reachability = new Reachability();
        rules.forEach(reachability::add);
        return reachability;
    }

    List<Finding> findings() {
        return findings;
    }

    List<RuleView> views() {
        return views;
    }

    /** Whether some rule decides whatever is asked. */
    boolean coversAll() {
        return decided.cardinality() == Situations.ALL.size();
    }

    private void add(Rule rule) {
        Shape shape = Shape.of(rule.when());
        List<Situation> mayHold = new ArrayList<>();
        boolean holdsAnywhere = false;
        BitSet decides = new BitSet();
        for (int at = 0; at < Situations.ALL.size(); at++) {
            Situation situation = Situations.ALL.get(at);
            int possible = situation.of(rule, shape);
            holdsAnywhere |= Possible.includes(possible, Possible.TRUE);
            if (Possible.includes(possible, Possible.TRUE) && !decided.get(at)) {
                mayHold.add(situation);
            }
            if (Possible.decidesForSure(possible)) {
                decides.set(at);
            }
        }
        RuleView view = new RuleView(views.size(), rule, shape, mayHold);
        views.add(view);
        Set<String> conjuncts = shape.conjuncts();
        report(view, conjuncts, holdsAnywhere);
        before.add(new Before(rule, conjuncts));
        decided.or(decides);
    }

    private void report(RuleView view, Set<String> conjuncts, boolean holdsAnywhere) {
        if (!holdsAnywhere) {
            findings.add(view.finding(
                    Check.NEVER_HOLDS,
                    "when",
                    "never holds: its condition contradicts itself.",
                    "Mend its condition, or remove it."));
            return;
        }
        Optional<Rule> implied = before.stream()
                .filter(earlier -> conjuncts.containsAll(earlier.conjuncts())
                        && (earlier.rule().review() == null || view.rule().review() != null))
                .map(Before::rule)
                .findFirst();
        if (implied.isPresent()) {
            findings.add(view.finding(
                    Check.UNREACHABLE_RULE,
                    "when",
                    "is never reached: wherever it holds, rule '"
                            + implied.get().id() + "' before it holds too.",
                    "Move it before '" + implied.get().id() + "', or remove it."));
        } else if (view.mayHold().isEmpty()) {
            findings.add(view.finding(
                    Check.UNREACHABLE_RULE,
                    "when",
                    "is never reached: the rules before it (" + earlierIds() + ") leave it nothing.",
                    "Move it further up, narrow the rules before it, or remove it."));
        }
    }

    private String earlierIds() {
        return before.stream().map(earlier -> "'" + earlier.rule().id() + "'").collect(Collectors.joining(", "));
    }
}
