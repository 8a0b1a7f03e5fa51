package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The model's own reading of who may approve what. */
final class Votes {
    private final Surroundings around;
    private final Set<String> known = new HashSet<>();

    Votes(Surroundings around) {
        this.around = around;
    }

    ApprovalAsk ask(Dossier about) {
        ApprovalAsk ask = about.rule.ask();
        if (ask == null) {
            throw new Violation("a rule that asks nobody has nobody asked");
        }
        return ask;
    }

    boolean isKnown(Command.Decide decide) {
        return known.contains(decide.decisionId());
    }

    void know(Command.Decide judged) {
        known.add(judged.decisionId());
    }

    boolean isEnough(Dossier about) {
        List<Approver> people =
                about.approvals.values().stream().map(Command.Decide::approver).toList();
        return Seats.filled(Seats.asked(ask(about), about.escalated), people);
    }

    /** Takes the decision into account; true if it counts. */
    boolean count(Dossier about, Command.Decide decide) {
        if (about.closed() || decide.approver().id().isBlank()) {
            return false;
        }
        known.add(decide.decisionId());
        boolean demanded = about.rule.ask() != null && about.rule.ask().signatureRequired();
        if (demanded && !decide.vouching().signed()) {
            return false;
        }
        return switch (decide.verdict()) {
            case APPROVE -> approve(about, decide);
            case DENY -> deny(about, decide.approver());
            case REVOKE -> revoke(about, decide.approver());
            case SIGN_OFF, OBJECT -> sign(about, decide);
            case UNKNOWN -> false;
        };
    }

    private boolean approve(Dossier about, Command.Decide decide) {
        boolean counts = about.prompted
                && !about.permitted
                && !about.denied
                && !isParty(about, decide.approver())
                && seats(about).anyMatch(seat -> Seats.mayTake(seat, decide.approver()))
                && isBound(about, decide)
                && !about.approvals.containsKey(decide.approver().id())
                && !about.denials.containsKey(decide.approver().id())
                && isLess(about, decide.narrowing());
        if (counts) {
            about.approvals.put(decide.approver().id(), decide);
            about.permitted = isEnough(about);
        }
        return counts;
    }

    private boolean isBound(Dossier about, Command.Decide decide) {
        ApprovalAsk ask = ask(about);
        boolean human = decide.approver().kind() == Approver.Kind.HUMAN;
        boolean hash = decide.planHash() == null
                ? !human || !ask.hashRequired()
                : decide.planHash().equals(about.shownHash);
        return hash && (!human || !ask.reasonRequired() || isThere(decide.reason()));
    }

    private boolean isLess(Dossier about, Narrowing narrowing) {
        Plan plan = about.shown;
        if (plan == null) {
            return false;
        }
        boolean window = narrowing.window() == null || narrowing.window().compareTo(plan.window()) <= 0;
        var systems = new HashSet<String>();
        var categories = new HashSet<String>();
        plan.systems().forEach(planned -> {
            systems.add(planned.system());
            categories.addAll(planned.categories());
        });
        return window
                && systems.containsAll(narrowing.systems())
                && categories.containsAll(narrowing.categories())
                && !about.wouldLeaveNothing(narrowing, map());
    }

    private Map<String, List<Dataset>> map() {
        var map = new HashMap<String, List<Dataset>>();
        Setup.SYSTEMS.forEach(system -> map.put(system, Setup.datasets(system)));
        return map;
    }

    private boolean deny(Dossier about, Approver by) {
        boolean counts = about.prompted
                && !about.permitted
                && !about.denied
                && seats(about).anyMatch(seat -> Seats.mayTake(seat, by))
                && !about.denials.containsKey(by.id());
        if (counts) {
            about.approvals.remove(by.id());
            about.denials.put(by.id(), by);
            long people = about.denials.values().stream()
                    .filter(one -> one.kind() == Approver.Kind.HUMAN)
                    .count();
            about.denied = people >= ask(about).denyThreshold()
                    || Seats.asked(ask(about), about.escalated).stream().allMatch(way -> isBarred(about, way));
        }
        return counts;
    }

    private static boolean isBarred(Dossier about, Alternative way) {
        return way.allOf().stream()
                .filter(Requirement::machine)
                .anyMatch(seat -> about.denials.values().stream().anyMatch(by -> Seats.isOfGroup(seat, by)));
    }

    private boolean revoke(Dossier about, Approver by) {
        boolean ofGroup = about.rule.ask() == null
                || Stream.concat(Seats.asked(ask(about), false).stream(), Seats.asked(ask(about), true).stream())
                        .flatMap(way -> way.allOf().stream())
                        .anyMatch(seat -> by.groups().contains(seat.group()));
        if (!ofGroup) {
            return false;
        }
        if (about.prompted && !about.permitted) {
            boolean own = about.approvals.remove(by.id()) != null;
            return about.denials.remove(by.id()) != null || own;
        }
        boolean running = about.audited == RequestState.QUEUED || about.executing();
        return running && !about.stopping;
    }

    private static boolean sign(Dossier about, Command.Decide decide) {
        boolean counts = about.underReview
                && !isParty(about, decide.approver())
                && decide.approver().kind() == Approver.Kind.HUMAN
                && decide.approver().groups().contains(Setup.REVIEWERS)
                && isThere(decide.reason());
        about.signed |= counts;
        return counts;
    }

    private Stream<Requirement> seats(Dossier about) {
        return Seats.asked(ask(about), about.escalated).stream().flatMap(way -> way.allOf().stream());
    }

    private static boolean isParty(Dossier about, Approver approver) {
        return approver.id().equals(about.request.requester().id())
                || approver.id().equals(about.request.subjectId());
    }

    private static boolean isThere(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
