package io.quittance.streams.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, so that a user sees all of them at once: as many, and as much of each, as anybody reads. */
public final class Problems {

    private static final int MOST = 200;
    private static final int LONGEST = 2_000;

    private final List<Problem> found = new ArrayList<>();

    public void add(Position at, String message) {
        if (found.size() < MOST) {
            found.add(new Problem(at, message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message));
        } else if (found.size() == MOST) {
            found.add(new Problem(at, "From here on there is more that is wrong than is shown."));
        }
    }

    /** @throws InvalidDocumentException if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidDocumentException(found);
        }
    }
}
