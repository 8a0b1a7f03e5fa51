package io.quittance.proving.nemesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Deals kinds of fault: by chance, but each before any comes again. */
final class Deck {
    private final List<Fault> kinds;
    private final Random dice;
    private final Deque<Fault> left = new ArrayDeque<>();

    Deck(Collection<Fault> kinds, Random dice) {
        this.kinds = kinds.stream().sorted().toList();
        this.dice = dice;
    }

    Fault deal() {
        if (left.isEmpty()) {
            var shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, dice);
            left.addAll(shuffled);
        }
        return left.remove();
    }

    /** Takes back what was dealt and cannot be used now: it is dealt next. */
    void putBack(Fault fault) {
        left.addFirst(fault);
    }
}
