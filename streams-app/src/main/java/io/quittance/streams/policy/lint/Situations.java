package io.quittance.streams.policy.lint;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.policy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Every combination of what has few values: action, type of requester, channel, level of identity, intent, and whether
 * emergency access is claimed. Rules are compared in each, so that several rules together can be seen to leave nothing
 * to a later one.
 */
final class Situations {

    private static final long HIGHEST_LEVEL = 3;

    /** One combination. */
    record Situation(Action action, RequesterType type, boolean emergency, Assumption assumption) {

        /** What the rule's condition may come to; a rule for emergencies is passed by without one. */
        int of(Rule rule, Shape shape) {
            return rule.review() != null && !emergency ? Possible.FALSE : shape.possible(assumption);
        }
    }

    static final List<Situation> ALL = all();

    private Situations() {}

    private static List<Situation> all() {
        List<Situation> all = new ArrayList<>();
        for (Action action : Action.values()) {
            for (RequesterType type : RequesterType.values()) {
                for (Channel channel : Channel.values()) {
                    if (action != Action.UNKNOWN) {
                        all.addAll(proofs(action, type, channel));
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    private static List<Situation> proofs(Action action, RequesterType type, Channel channel) {
        List<Situation> proofs = new ArrayList<>();
        for (long level = 0; level <= HIGHEST_LEVEL; level++) {
            for (boolean intent : Arrays.asList(false, true)) {
                for (boolean emergency : Arrays.asList(false, true)) {
                    Assumption assumption = Assumption.of(Map.of(
                            "request.action",
                            action.name(),
                            "request.break_glass",
                            emergency,
                            "requester.type",
                            type.name(),
                            "request.channel",
                            channel.name(),
                            "verification.level",
                            level,
                            "verification.intent",
                            intent));
                    proofs.add(new Situation(action, type, emergency, assumption));
                }
            }
        }
        return proofs;
    }
}
