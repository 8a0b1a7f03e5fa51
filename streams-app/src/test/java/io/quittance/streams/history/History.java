package io.quittance.streams.history;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A history is a function of its seed: what it begins with, and the steps that follow. */
record History(long seed, Setup setup, List<Step> steps) {
    static History of(long seed) {
        // Neighbouring seeds would begin alike.
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        return new History(seed, Setup.of(random), Step.list(random));
    }

    History with(List<Step> fewer) {
        return new History(seed, setup, List.copyOf(fewer));
    }

    /** Plays it; throws {@link Violation}, or whatever the core throws, if something is wrong. */
    Play play(Core core, boolean thorough) {
        var play = new Play(setup, core, thorough);
        run(new Director(play, false));
        return play;
    }

    /** What is wrong with it; null if nothing is. */
    @Nullable
    Throwable fault(Core core) {
        try {
            play(core, false);
            return null;
        } catch (RuntimeException | AssertionError wrong) {
            return wrong;
        }
    }

    /** The same history as lines for people, as far as it gets. */
    List<String> told(Core core) {
        var director = new Director(new Play(setup, core, false), true);
        try {
            run(director);
        } catch (RuntimeException | AssertionError wrong) {
            director.told().add("  -> " + wrong.getMessage());
        }
        return director.told();
    }

    private void run(Director director) {
        steps.forEach(director::carryOut);
        director.finish();
    }
}
