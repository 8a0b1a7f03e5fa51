package io.quittance.streams.domain;

import static io.quittance.streams.domain.Trigger.APPROVED;
import static io.quittance.streams.domain.Trigger.REVIEWED;

import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.plan.Planner;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.ApprovalAsk;
import io.quittance.streams.domain.policy.ApproverFacts;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a decision counts: who may speak, about what, and bound to which plan. */
final class Eligibility {
    private Eligibility() {}

    /** Why a decision does not count; empty if it does. */
    static Optional<Refusal> refusal(Turn turn, Case about, Command.Decide decide) {
        if (!isWellFormed(decide)) {
            return Optional.of(Refusal.INVALID_DECISION);
        }
        if (decide.verdict() == Verdict.UNKNOWN) {
            return Optional.of(Refusal.UNKNOWN_VERDICT);
        }
        return vouchingRefusal(turn, about, decide)
                .or(() -> separationRefusal(about, decide))
                .or(() -> roomRefusal(turn, about, decide))
                .or(() -> verdictRefusal(turn, about, decide));
    }

    /** Whether the approver may fill a place of the requirement. */
    static boolean fits(Turn turn, Case about, Requirement requirement, Approver approver) {
        return isOfGroup(requirement, approver) && meetsPredicate(turn, about, requirement, approver);
    }

    /** Whether some way to enough approvals is left: a machine's no closes every way that needs its yes. */
    static boolean anyWayOpen(Case about) {
        return !openWays(about).isEmpty();
    }

    /** The ways to enough approvals that no machine has closed. */
    static List<Alternative> openWays(Case about) {
        List<DecisionMade> denials = about.authority().denials();
        return asked(about).stream()
                .filter(way -> way.allOf().stream()
                        .filter(Requirement::machine)
                        .noneMatch(need -> denials.stream().anyMatch(denial -> isOfGroup(need, denial.by()))))
                .toList();
    }

    private static Optional<Refusal> verdictRefusal(Turn turn, Case about, Command.Decide decide) {
        return switch (decide.verdict()) {
            case UNKNOWN -> Optional.of(Refusal.UNKNOWN_VERDICT);
            case REVOKE -> revocationRefusal(about, decide);
            case DENY -> askedRefusal(turn, about, decide).or(() -> denialRefusal(about, decide));
            case APPROVE ->
                askedRefusal(turn, about, decide)
                        .or(() -> bindingRefusal(about, decide))
                        .or(() -> narrowingRefusal(turn, about, decide));
            case SIGN_OFF, OBJECT -> reviewRefusal(about, decide);
        };
    }

    /** Whoever demands signatures demands them of every verdict: a forged no is an outage. */
    private static Optional<Refusal> vouchingRefusal(Turn turn, Case about, Command.Decide decide) {
        if (decide.vouching().problem() != null) {
            return Optional.of(decide.vouching().problem());
        }
        ApprovalAsk ask = ruleAsk(about).orElse(null);
        boolean demanded = turn.settings.signaturesRequired() || (ask != null && ask.signatureRequired());
        return demanded && !decide.vouching().signed() ? Optional.of(Refusal.SIGNATURE_MISSING) : Optional.empty();
    }

    /** Requester and approver are different people; whoever only stops something may be anybody. */
    private static Optional<Refusal> separationRefusal(Case about, Command.Decide decide) {
        boolean stops = decide.verdict() == Verdict.REVOKE || decide.verdict() == Verdict.DENY;
        String approver = decide.approver().id();
        boolean same = approver.equals(about.request().requester().id())
                || approver.equals(about.request().subjectId());
        return !stops && same ? Optional.of(Refusal.SELF_APPROVAL) : Optional.empty();
    }

    private static Optional<Refusal> roomRefusal(Turn turn, Case about, Command.Decide decide) {
        long counted = about.authority().decisions().stream()
                .filter(made -> made.rejection() == null)
                .count();
        boolean goesOn = decide.verdict() == Verdict.APPROVE
                || (decide.verdict() == Verdict.REVOKE && about.state() == RequestState.AWAITING_APPROVAL);
        return goesOn && counted >= turn.settings.maxTrail()
                ? Optional.of(Refusal.TOO_MANY_DECISIONS)
                : Optional.empty();
    }

    private static Optional<Refusal> askedRefusal(Turn turn, Case about, Command.Decide decide) {
        if (!Lifecycle.answers(about.state(), APPROVED)) {
            return Optional.of(Refusal.NOT_AWAITING_APPROVAL);
        }
        List<Requirement> ofGroup = asked(about).stream()
                .flatMap(way -> way.allOf().stream())
                .filter(requirement -> isOfGroup(requirement, decide.approver()))
                .toList();
        if (ofGroup.isEmpty()) {
            return Optional.of(Refusal.NOT_IN_GROUP);
        }
        return ofGroup.stream().anyMatch(requirement -> meetsPredicate(turn, about, requirement, decide.approver()))
                ? Optional.empty()
                : Optional.of(Refusal.APPROVER_NOT_ELIGIBLE);
    }

    private static Optional<Refusal> denialRefusal(Case about, Command.Decide decide) {
        boolean again = isAmong(about.authority().denials(), decide.approver());
        return again ? Optional.of(Refusal.ALREADY_DECIDED) : Optional.empty();
    }

    /** A machine's verdict may be about the request and come before there is a plan; a hash it does give has to fit. */
    private static Optional<Refusal> bindingRefusal(Case about, Command.Decide decide) {
        ApprovalAsk ask = Approval.askOf(about);
        Authority authority = about.authority();
        boolean human = decide.approver().kind() == Approver.Kind.HUMAN;
        if (human && decide.planHash() == null && ask.hashRequired()) {
            return Optional.of(Refusal.PLAN_HASH_MISSING);
        }
        if (decide.planHash() != null && !decide.planHash().equals(authority.planHash())) {
            return Optional.of(Refusal.PLAN_HASH_MISMATCH);
        }
        if (human && ask.reasonRequired() && isBlank(decide.reason())) {
            return Optional.of(Refusal.REASON_MISSING);
        }
        boolean again =
                isAmong(authority.approvals(), decide.approver()) || isAmong(authority.denials(), decide.approver());
        return again ? Optional.of(Refusal.ALREADY_DECIDED) : Optional.empty();
    }

    private static Optional<Refusal> narrowingRefusal(Turn turn, Case about, Command.Decide decide) {
        Narrowing narrowing = decide.narrowing();
        Plan plan = Approval.planOf(about);
        boolean longer = narrowing.window() != null && narrowing.window().compareTo(plan.window()) > 0;
        if (longer || !plan.covers(narrowing.systems(), narrowing.categories())) {
            return Optional.of(Refusal.NARROWING_WIDENS);
        }
        boolean shut = narrowing.window() != null
                && (narrowing.window().isNegative() || narrowing.window().isZero());
        var all = new ArrayList<Narrowing>();
        about.authority().approvals().forEach(made -> all.add(made.narrowing()));
        all.add(narrowing);
        boolean nothing =
                Planner.narrowed(plan, all, turn.world.map()).systems().isEmpty();
        return shut || nothing ? Optional.of(Refusal.NARROWS_TO_NOTHING) : Optional.empty();
    }

    /** Taking back before it was enough is for whoever gave; taking back a grant is for anybody who was asked. */
    private static Optional<Refusal> revocationRefusal(Case about, Command.Decide decide) {
        Authority authority = about.authority();
        boolean mayRevoke = switch (about.state()) {
            case AWAITING_APPROVAL ->
                isAmong(authority.approvals(), decide.approver()) || isAmong(authority.denials(), decide.approver());
            case QUEUED, EXECUTING -> about.winding() == null;
            case NEW,
                    AWAITING_VERIFICATION,
                    DENIED,
                    EXPIRED,
                    CANCELLED,
                    FULFILLED,
                    PARTIALLY_FULFILLED,
                    FAILED,
                    AWAITING_REVIEW -> false;
        };
        if (!mayRevoke) {
            return Optional.of(Refusal.NOTHING_TO_REVOKE);
        }
        boolean stranger = ruleAsk(about).stream()
                .anyMatch(
                        ask -> ask.groups().stream().noneMatch(decide.approver().groups()::contains));
        return stranger ? Optional.of(Refusal.NOT_IN_GROUP) : Optional.empty();
    }

    private static Optional<Refusal> reviewRefusal(Case about, Command.Decide decide) {
        if (!Lifecycle.answers(about.state(), REVIEWED) || about.review() == null) {
            return Optional.of(Refusal.NOT_AWAITING_REVIEW);
        }
        boolean human = decide.approver().kind() == Approver.Kind.HUMAN;
        if (!human || !decide.approver().groups().contains(about.review().group())) {
            return Optional.of(Refusal.NOT_IN_GROUP);
        }
        return isBlank(decide.reason()) ? Optional.of(Refusal.REASON_MISSING) : Optional.empty();
    }

    private static List<Alternative> asked(Case about) {
        return Approval.askOf(about).asked(about.authority().escalated());
    }

    private static Optional<ApprovalAsk> ruleAsk(Case about) {
        return Stream.ofNullable(about.authority().judgement())
                .flatMap(judgement -> Stream.ofNullable(judgement.rule()))
                .flatMap(rule -> Stream.ofNullable(rule.ask()))
                .findFirst();
    }

    private static boolean isOfGroup(Requirement requirement, Approver approver) {
        boolean machine = approver.kind() == Approver.Kind.MACHINE;
        return requirement.machine() == machine && approver.groups().contains(requirement.group());
    }

    private static boolean meetsPredicate(Turn turn, Case about, Requirement requirement, Approver approver) {
        if (requirement.when() == null) {
            return true;
        }
        var facts = new Facts(
                about.request(), about.authority().verifications(), turn.otherOpen(about.requestId()), turn.now);
        return turn.world.predicates().admits(requirement.when(), new ApproverFacts(approver, facts));
    }

    private static boolean isAmong(List<DecisionMade> decisions, Approver approver) {
        return decisions.stream().anyMatch(made -> made.approver().equals(approver.id()));
    }

    /** Each decision that counts is kept whole, and a docket is one row: so many of them have to fit into it. */
    private static boolean isBounded(Approver approver) {
        int groups = approver.groups().stream().mapToInt(String::length).sum();
        int attributes = approver.attributes().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        return groups + attributes <= Door.MAX_CREDENTIALS;
    }

    private static boolean isWellFormed(Command.Decide decide) {
        Approver approver = decide.approver();
        return Door.isName(approver.id(), Door.MAX_SUBJECT)
                && approver.kind() != Approver.Kind.UNKNOWN
                && Door.areNames(approver.groups())
                && Door.areNames(approver.attributes().keySet())
                && approver.attributes().values().stream().allMatch(value -> Door.isText(value, Door.MAX_TEXT))
                && isBounded(approver)
                && Door.areNames(decide.narrowing().systems())
                && Door.areNames(decide.narrowing().categories())
                && (decide.reason() == null || Door.isText(decide.reason(), Door.MAX_REASON));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
