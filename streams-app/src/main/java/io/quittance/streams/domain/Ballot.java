package io.quittance.streams.domain;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who fills which place. One approver fills one place, and places are given so that as many as possible are filled: a
 * person who could stand for two groups never takes a place from somebody who can stand for one only. Found by
 * augmenting paths (Kuhn, 1955: maximum bipartite matching).
 */
public record Ballot(List<Way> ways) {
    public Ballot {
        ways = List.copyOf(ways);
    }

    /** One alternative, and how far it is filled. */
    public record Way(List<Place> places) {
        public Way {
            places = List.copyOf(places);
        }

        boolean isFull() {
            return places.stream()
                    .allMatch(place ->
                            place.filledBy().size() == place.requirement().count());
        }
    }

    /**
     * One requirement, and who fills it.
     *
     * @param filledBy pseudonyms, in the order they approved
     */
    public record Place(Requirement requirement, List<String> filledBy) {
        public Place {
            filledBy = List.copyOf(filledBy);
        }
    }

    /**
     * @param approvals at most one of each approver
     * @param fits whether an approver may fill a place of a requirement
     */
    static Ballot count(
            List<Alternative> alternatives, List<DecisionMade> approvals, BiPredicate<Requirement, Approver> fits) {
        return new Ballot(alternatives.stream()
                .map(alternative -> new Matching(alternative, approvals, fits).way())
                .toList());
    }

    /** Whether one alternative has all it needs. */
    boolean isEnough() {
        return ways.stream().anyMatch(Way::isFull);
    }

    /** Approvers on one side, single places on the other. */
    private static final class Matching {
        private static final int NOBODY = -1;

        private final List<Requirement> requirements;
        private final List<DecisionMade> approvals;
        private final List<Integer> requirementOf = new ArrayList<>();
        private final List<Set<Integer>> fitting = new ArrayList<>();
        private final List<Integer> holder = new ArrayList<>();

        Matching(Alternative alternative, List<DecisionMade> approvals, BiPredicate<Requirement, Approver> fits) {
            this.requirements = alternative.allOf();
            this.approvals = approvals;
            for (int r = 0; r < requirements.size(); r++) {
                Set<Integer> able = able(requirements.get(r), fits);
                for (int place = 0; place < requirements.get(r).count(); place++) {
                    requirementOf.add(r);
                    fitting.add(able);
                    holder.add(NOBODY);
                }
            }
            for (int approver = 0; approver < approvals.size(); approver++) {
                seat(approver, new HashSet<>());
            }
        }

        Way way() {
            List<Place> places = new ArrayList<>();
            for (int r = 0; r < requirements.size(); r++) {
                places.add(new Place(requirements.get(r), filledBy(r)));
            }
            return new Way(places);
        }

        private Set<Integer> able(Requirement requirement, BiPredicate<Requirement, Approver> fits) {
            var able = new HashSet<Integer>();
            for (int approver = 0; approver < approvals.size(); approver++) {
                if (fits.test(requirement, approvals.get(approver).by())) {
                    able.add(approver);
                }
            }
            return able;
        }

        /** Gives the approver a place, moving others to another of theirs where that makes room. */
        private boolean seat(int approver, Set<Integer> tried) {
            for (int place = 0; place < holder.size(); place++) {
                boolean possible = fitting.get(place).contains(approver) && tried.add(place);
                if (possible && (holder.get(place) == NOBODY || seat(holder.get(place), tried))) {
                    holder.set(place, approver);
                    return true;
                }
            }
            return false;
        }

        private List<String> filledBy(int requirement) {
            var seated = new ArrayList<Integer>();
            for (int place = 0; place < holder.size(); place++) {
                if (requirementOf.get(place) == requirement && holder.get(place) != NOBODY) {
                    seated.add(holder.get(place));
                }
            }
            return seated.stream()
                    .sorted()
                    .map(approver -> approvals.get(approver).approver())
                    .toList();
        }
    }
}
