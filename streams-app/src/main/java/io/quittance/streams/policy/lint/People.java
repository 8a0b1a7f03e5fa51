package io.quittance.streams.policy.lint;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who there is to be asked, as far as it is known: of some groups the members, of others only how many they are.
 *
 * @param members by group
 * @param sizes by group
 */
public record People(Map<String, Set<String>> members, Map<String, Integer> sizes) {

    /** Of nobody is anything known. */
    public static final People UNKNOWN = new People(Map.of(), Map.of());

    private static final long ANY_NUMBER = Integer.MAX_VALUE;

    public People {
        Map<String, Set<String>> copies = new TreeMap<>();
        members.forEach((group, ids) -> copies.put(group, Set.copyOf(ids)));
        members = Map.copyOf(copies);
        sizes = Map.copyOf(sizes);
    }

    /** Whether anything was said about any group, so that a group that is missing does not exist. */
    boolean areKnown() {
        return !members.isEmpty() || !sizes.isEmpty();
    }

    boolean know(String group) {
        return members.containsKey(group) || sizes.containsKey(group);
    }

    /** How many distinct people there are at most in all of these groups; a group that nobody knows has any number. */
    long atMost(Collection<String> groups) {
        Set<String> named = new HashSet<>();
        long counted = 0;
        for (String group : new HashSet<>(groups)) {
            if (members.containsKey(group)) {
                named.addAll(members.getOrDefault(group, Set.of()));
            } else {
                counted += sizes.containsKey(group) ? sizes.getOrDefault(group, 0) : areKnown() ? 0 : ANY_NUMBER;
            }
        }
        return named.size() + counted;
    }

    /** Members' names are pseudonyms, but still nobody's business in a log. */
    @Override
    public String toString() {
        return "People[" + members.keySet() + ", " + sizes + "]";
    }
}
