package io.quittance.bench.contender;

import java.util.List;

/** Starts a contender. */
public interface ContenderFactory {
    /** Name without durability: {@code --contenders} selects by it. */
    String name();

    /** Settings in which it is worth measuring; most have both. */
    List<Durability> durabilities();

    /**
     * Starts it; returns when it can take load.
     *
     * @throws io.quittance.harness.HarnessException when a part does not come up
     */
    Contender start(Surroundings surroundings, Durability durability);
}
