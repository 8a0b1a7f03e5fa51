package io.quittance.streams.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Spelling {

    private static final int MOST_EDITS = 4;

    private Spelling() {}

    /** The known name nearest to a misspelt one, if any is near enough to be worth naming. */
    static Optional<String> nearest(String misspelt, Collection<String> known) {
        int limit = Math.min(MOST_EDITS, Math.max(1, misspelt.length() / 3));
        return known.stream()
                .filter(name -> edits(misspelt, name) <= limit)
                .min(Comparator.<String>comparingInt(name -> edits(misspelt, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
