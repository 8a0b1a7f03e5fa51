package io.quittance.proving.check;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A8: dead letters are just the records that belong there, each with its reason and origin. */
final class DeadLetters implements Invariant {
    private static final Set<Kind> GARBAGE = EnumSet.of(Kind.POISON, Kind.SENSELESS);
    private static final Set<Kind> EARLY = EnumSet.of(Kind.CANCELLED, Kind.WITHDRAWN, Kind.DECIDED, Kind.VERIFIED);
    private static final String TASKS = "privacy.tasks.";
    /** Read whole by every instance, each of which says what it could not read. */
    private static final Set<String> READ_BY_ALL =
            Set.of("privacy.policies", "privacy.systems", "privacy.limits", "privacy.freezes");

    @Override
    public String id() {
        return "A8";
    }

    @Override
    public String promise() {
        return "dead letters are just the records that belong there";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        Map<Place, List<DeadLetterSeen>> byOrigin = new HashMap<>();
        evidence.deadLetters.forEach(letter -> byOrigin.computeIfAbsent(letter.origin(), any -> new ArrayList<>())
                .add(letter));
        Set<Place> garbage = new HashSet<>();
        Set<String> unacknowledged = new HashSet<>();
        for (Act act : evidence.acts) {
            if (!GARBAGE.contains(act.act())) {
                continue;
            }
            findings.looked();
            unacknowledged.add(act.details().getOrDefault("sha256", "-"));
            Place place = act.place();
            if (place != null) {
                garbage.add(place);
                expected(act, byOrigin.getOrDefault(place, List.of()), findings);
            }
        }
        evidence.unreadable.forEach(record -> {
            findings.looked();
            unreadable(evidence, record, findings);
        });
        byOrigin.forEach((origin, letters) -> {
            DeadLetterSeen letter = letters.get(0);
            boolean belongs = garbage.contains(origin) || unacknowledged.contains(sha256(letter));
            if (!belongs
                    && !cameLate(evidence, letter)
                    && !cameEarly(evidence, letter)
                    && !contradicts(evidence, letter)) {
                findings.violated(
                        letter.requestId(),
                        "has the dead letter " + letter.code() + " of " + letter.origin()
                                + ", for which there is no reason");
            }
            if (letters.size() > 1 && !mayBeRepeated(origin)) {
                findings.doubled(
                        letter.requestId(), "has " + letters.size() + " dead letters of one record, " + origin);
            }
        });
    }

    /** As the details of an act have it: what has no value has no hash either. */
    private static String sha256(DeadLetterSeen letter) {
        return Objects.requireNonNullElse(letter.valueSha256(), Unreadable.NO_VALUE);
    }

    /** Nothing that cannot be read belongs where only the product writes, but what was put there on purpose. */
    private static void unreadable(Evidence evidence, Unreadable record, Findings findings) {
        boolean onPurpose = evidence.acts.stream()
                .filter(act -> GARBAGE.contains(act.act()))
                .anyMatch(act -> isAt(act, record));
        if (!onPurpose) {
            String what = record.sha256().equals(Unreadable.NO_VALUE) ? "is a tombstone" : "cannot be read";
            findings.add(
                    Violation.Kind.VIOLATED,
                    null,
                    null,
                    "The record at " + record.place() + " " + what + ", where only the product writes.",
                    record.at(),
                    record.at());
        }
    }

    /** What was sent again may be there twice, and only one place of it is known; of some, none is. */
    private static boolean isAt(Act act, Unreadable record) {
        Place place = act.place();
        if (record.place().equals(place)) {
            return true;
        }
        boolean sameTopic = place == null
                || (act.details().containsKey("resent")
                        && place.topic().equals(record.place().topic()));
        return sameTopic && record.sha256().equals(act.details().get("sha256"));
    }

    private static void expected(Act act, List<DeadLetterSeen> letters, Findings findings) {
        String what = act.act() + " record at " + act.place();
        if (letters.isEmpty()) {
            findings.lost(act.requestId(), "The " + what + " is not among the dead letters (" + act.story() + ").");
            return;
        }
        List<String> codes = List.of(act.details().getOrDefault("codes", "").split(","));
        letters.stream()
                .filter(letter -> !codes.contains(letter.code()) && !codes.contains(""))
                .forEach(letter -> findings.violated(
                        act.requestId(),
                        "The " + what + " is a dead letter for " + letter.code() + ", not for "
                                + String.join(" or ", codes) + "."));
        letters.stream()
                .filter(letter ->
                        letter.detail().isBlank() || letter.component().isBlank())
                .forEach(letter ->
                        findings.violated(act.requestId(), "The dead letter " + letter.place() + " gives no reason."));
    }

    /** Whatever speaks of a request that is closed by then is shown to people. */
    private static boolean cameLate(Evidence evidence, DeadLetterSeen letter) {
        String request = letter.requestId();
        return request != null
                && letter.code().equals("REQUEST_CLOSED")
                && evidence.closedAt(request)
                        .filter(closed ->
                                closed <= letter.writtenAt() + evidence.clocks().allowance(closed, letter.writtenAt()))
                        .isPresent()
                && (evidence.acts(request).stream()
                                .map(Act::place)
                                .anyMatch(place -> Objects.equals(place, letter.origin()))
                        || letter.origin().topic().equals("privacy.completions")
                        || evidence.acts(request).stream()
                                .anyMatch(act -> act.details().containsKey("resent")));
    }

    /**
     * Topics are read side by side: an order about a request may be read before the request, and only decisions wait.
     */
    private static boolean cameEarly(Evidence evidence, DeadLetterSeen letter) {
        String request = letter.requestId();
        return request != null
                && letter.code().equals("UNKNOWN_REQUEST")
                && evidence.acts(request).stream()
                        .anyMatch(act -> letter.origin().equals(act.place()) && EARLY.contains(act.act()))
                && evidence.lastAudit(request)
                        .map(AuditSeen::receivedAt)
                        .filter(received ->
                                letter.at() <= received + evidence.clocks().allowance(received, letter.at()))
                        .isPresent();
    }

    /** Two executions of one attempt: the one that was heard first says that it did not do it, and the other did. */
    private static boolean contradicts(Evidence evidence, DeadLetterSeen letter) {
        String request = letter.requestId();
        if (request == null || !letter.code().equals("CONTRADICTING_COMPLETION")) {
            return false;
        }
        List<CompletionSeen> answers = evidence.completions(request);
        return answers.stream()
                .filter(answer -> answer.place().equals(letter.origin()) && answer.isDone())
                .anyMatch(done -> answers.stream()
                        .anyMatch(other -> other.taskId().equals(done.taskId())
                                && other.attempt() == done.attempt()
                                && !other.isDone()));
    }

    private static boolean mayBeRepeated(Place origin) {
        return origin.topic().startsWith(TASKS) || READ_BY_ALL.contains(origin.topic());
    }
}
