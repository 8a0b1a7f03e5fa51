package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.policy.lint.Finding.Place;
import io.quittance.streams.policy.lint.Situations.Situation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A rule as the checks look at it.
 *
 * @param index in the policy, from 0
 * @param mayHold where its condition may hold and no rule before it decides for sure
 */
record RuleView(int index, Rule rule, Shape shape, List<Situation> mayHold) {

    Set<Action> actions() {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        mayHold.forEach(situation -> actions.add(situation.action()));
        return actions;
    }

    Set<RequesterType> types() {
        Set<RequesterType> types = EnumSet.noneOf(RequesterType.class);
        mayHold.forEach(situation -> types.add(situation.type()));
        return types;
    }

    boolean mayWrite() {
        return actions().stream().anyMatch(Action::writes);
    }

    Finding finding(Check check, String path, String message, String remedy) {
        return new Finding(check, new Place(index, path), "Rule '" + rule.id() + "' " + message, remedy);
    }
}
