package io.quittance.proving.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For tests elsewhere: a state directory that is full as soon as it is filled, and takes nobody's room. */
public final class FullState {
    private FullState() {}

    public static StateDirectory in(Path directory) throws IOException {
        StateDirectory state = StateDirectory.in(directory, false, 0);
        // Every write there fails for want of room: full(4).
        Files.createSymbolicLink(state.stores().resolveSibling(StateDirectory.BALLAST), Path.of("/dev/full"));
        return state;
    }
}
