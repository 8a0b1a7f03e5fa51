package io.quittance.bench.peer;

import io.quittance.bench.contender.ContenderFactory;
import java.util.List;

/** All of them, in the order of the tables. */
public final class Peers {
    private Peers() {}

    public static List<ContenderFactory> all() {
        return List.of();
    }
}
