package io.quittance.streams.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, so that a user sees all of them at once. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    public void add(Position at, String message) {
        found.add(new Problem(at, message));
    }

    /** @throws InvalidDocumentException if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidDocumentException(found);
        }
    }
}
