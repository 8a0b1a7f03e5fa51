package io.quittance.streams.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens. Its numbers choose among what there is at that moment (the third prompt that is open, counted
 * round), so that a step still means something after others have been left out before it.
 */
record Step(Kind kind, int whom, int what, int how) {

    /** How often each is drawn is its weight. */
    enum Kind {
        SUBMIT(14),
        APPROVE(22),
        DENY(3),
        REVOKE(3),
        SIGN(3),
        PROVE(6),
        ANSWER(18),
        ANSWER_LATE(3),
        WITHDRAW(1),
        ORDER(4),
        FREEZE(2),
        PASS(8),
        SLEEP(2),
        SET_BACK(2),
        REDELIVER(5),
        CHANGE_MAP(1),
        TOPIC(2),
        DELIVER(14),
        RESTART(3),
        CHANGE_LIMIT(1),
        CHANGE_POLICY(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> DRAWN = drawn();

    static List<Step> list(Random random) {
        int length = 20 + random.nextInt(21);
        var steps = new ArrayList<Step>(length);
        for (int i = 0; i < length; i++) {
            steps.add(new Step(
                    DRAWN.get(random.nextInt(DRAWN.size())),
                    random.nextInt(1 << 20),
                    random.nextInt(1 << 20),
                    random.nextInt(1 << 20)));
        }
        return steps;
    }

    private static List<Kind> drawn() {
        var drawn = new ArrayList<Kind>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                drawn.add(kind);
            }
        }
        return List.copyOf(drawn);
    }
}
