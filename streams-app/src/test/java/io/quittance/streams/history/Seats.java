package io.quittance.streams.history;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Escalation;
import io.quittance.streams.domain.policy.Requirement;
import java.util.ArrayList;
import java.util.List;

/** Whether people fill the seats of a rule, by trying every way to seat them. */
final class Seats {
    private Seats() {}

    static List<Alternative> asked(ApprovalAsk ask, boolean escalated) {
        var ways = new ArrayList<Alternative>();
        boolean replaced =
                escalated && ask.escalation() != null && ask.escalation().mode() == Escalation.Mode.REPLACE;
        if (!replaced) {
            ways.addAll(ask.anyOf());
        }
        if (escalated && ask.escalation() != null) {
            ways.addAll(ask.escalation().anyOf());
        }
        return ways;
    }

    static boolean isOfGroup(Requirement seat, Approver person) {
        boolean isMachine = person.kind() == Approver.Kind.MACHINE;
        return isMachine == seat.machine() && person.groups().contains(seat.group());
    }

    static boolean mayTake(Requirement seat, Approver person) {
        return isOfGroup(seat, person)
                && (seat.when() == null
                        || seat.when().equals(person.attributes().get("grade")));
    }

    static boolean filled(List<Alternative> ways, List<Approver> people) {
        return ways.stream().anyMatch(way -> filled(seats(way), 0, people, new boolean[people.size()]));
    }

    private static List<Requirement> seats(Alternative way) {
        var seats = new ArrayList<Requirement>();
        for (Requirement requirement : way.allOf()) {
            for (int i = 0; i < requirement.count(); i++) {
                seats.add(requirement);
            }
        }
        return seats;
    }

    private static boolean filled(List<Requirement> seats, int next, List<Approver> people, boolean[] seated) {
        if (next == seats.size()) {
            return true;
        }
        for (int i = 0; i < people.size(); i++) {
            if (!seated[i] && mayTake(seats.get(next), people.get(i))) {
                seated[i] = true;
                if (filled(seats, next + 1, people, seated)) {
                    return true;
                }
                seated[i] = false;
            }
        }
        return false;
    }
}
