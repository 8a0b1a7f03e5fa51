package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the model knows of one request: a few facts, gathered from what went in and came out. */
final class Dossier {
    final Submission request;
    final Rule rule;
    final int number;
    final List<Verification> proofs = new ArrayList<>();
    /** Decisions that count in this asking, by person. */
    final Map<String, Command.Decide> approvals = new LinkedHashMap<>();

    final Map<String, Approver> denials = new LinkedHashMap<>();
    final Map<String, Grant> grants = new LinkedHashMap<>();
    final Set<String> revoked = new HashSet<>();
    final Map<String, Attempt> attempts = new HashMap<>();
    final Set<String> done = new HashSet<>();
    /** The attempt after which they were last counted anew: under a new grant, or by order. */
    final Map<String, Integer> countedFrom = new HashMap<>();

    boolean prompted;
    boolean escalated;

    @Nullable
    Plan shown;

    @Nullable
    String shownHash;

    Instant promptedAt = Instant.MIN;
    boolean permitted;
    Instant permittedAt = Instant.MIN;

    @Nullable
    Instant queuedAt;

    boolean bySilence;
    boolean denied;
    boolean cancelled;
    boolean proofRefused;
    boolean stopping;
    boolean underReview;
    boolean signed;
    RequestState audited = RequestState.NEW;
    String code = "";

    /** The last attempt at one system that went out. */
    static final class Attempt {
        final Effect.IssueTask task;
        final Instant overAt;
        boolean out = true;
        /** Its time is over; whether it has been given up yet is not for the model to say. */
        boolean overdue;

        Attempt(Effect.IssueTask task, Instant overAt) {
            this.task = task;
            this.overAt = overAt;
        }
    }

    Dossier(Submission request, Rule rule, int number) {
        this.request = request;
        this.rule = rule;
        this.number = number;
    }

    String id() {
        return request.requestId();
    }

    boolean closed() {
        return audited.closed();
    }

    boolean executing() {
        return audited == RequestState.EXECUTING && !prompted && !underReview;
    }

    /** Still to be done or being done, so that it stands in the way of what conflicts with it. */
    boolean inTheWay() {
        return !closed() && !underReview;
    }

    boolean writes() {
        return request.action().writes();
    }

    Stream<Attempt> out() {
        return attempts.values().stream().filter(attempt -> attempt.out);
    }

    /** Datasets of what was shown in that system, less what anybody who approved left out. */
    List<String> approvedDatasets(String system, List<Dataset> known) {
        var allowed = new ArrayList<String>();
        boolean included = limits().stream()
                .allMatch(
                        limits -> limits.systems().isEmpty() || limits.systems().contains(system));
        for (Dataset dataset : known) {
            if (included && touches(dataset) && isShown(system, dataset.name())) {
                allowed.add(dataset.name());
            }
        }
        return allowed;
    }

    private record Limits(List<String> systems, List<String> categories) {}

    private List<Limits> limits() {
        var all = new ArrayList<Limits>();
        all.add(new Limits(request.scope().systems(), request.scope().categories()));
        approvals
                .values()
                .forEach(one -> all.add(
                        new Limits(one.narrowing().systems(), one.narrowing().categories())));
        return all;
    }

    private boolean isShown(String system, String dataset) {
        return shown == null
                || shown.systems().stream()
                        .anyMatch(planned -> planned.system().equals(system)
                                && planned.datasets().contains(dataset));
    }

    /** What everybody lets through: for a delete that has to be all of it. */
    private boolean touches(Dataset dataset) {
        Set<String> left = new HashSet<>(dataset.categories());
        limits().stream()
                .map(Limits::categories)
                .filter(categories -> !categories.isEmpty())
                .forEach(left::retainAll);
        return request.action() == Action.DELETE ? left.containsAll(dataset.categories()) : !left.isEmpty();
    }

    /** Categories of those datasets that what was approved is about. */
    Set<String> categories(List<Dataset> datasets) {
        var categories = new HashSet<String>();
        for (Dataset dataset : datasets) {
            for (String category : dataset.categories()) {
                if (limits().stream()
                        .allMatch(one ->
                                one.categories().isEmpty() || one.categories().contains(category))) {
                    categories.add(category);
                }
            }
        }
        return categories;
    }

    boolean wouldLeaveNothing(Narrowing further, Map<String, List<Dataset>> map) {
        var one = new Command.Decide(
                id(),
                "",
                Verdict.APPROVE,
                new Approver("?", List.of()),
                null,
                null,
                further,
                Vouching.BY_TOPIC,
                Instant.EPOCH);
        approvals.put("?", one);
        boolean nothing = map.entrySet().stream()
                .allMatch(entry ->
                        approvedDatasets(entry.getKey(), entry.getValue()).isEmpty());
        approvals.remove("?");
        return nothing;
    }
}
