package io.quittance.proving.check;

import io.quittance.proving.check.TimeFrames.Frame;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.history.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of a run, in the form the invariants ask for it. */
final class Evidence {
    final RunInfo run;
    private final List<FaultEvent> faults = new ArrayList<>();
    private @Nullable List<Frame> frames;
    private @Nullable Clocks clocks;
    final List<Act> acts = new ArrayList<>();
    final Map<String, Subject> subjects = new HashMap<>();
    final Map<String, List<AuditSeen>> audits = new LinkedHashMap<>();
    final Map<String, List<TaskSeen>> tasks = new HashMap<>();
    final Map<String, List<CompletionSeen>> completions = new HashMap<>();
    /** Grants that the topic of revocations takes back. */
    final Set<String> revoked = new HashSet<>();

    /** How long each rule waits for answers at the least, in milliseconds, by its name. */
    final Map<String, Long> patience = new HashMap<>();

    /** What publishers asked for, by request. */
    final Map<String, Extent.Asked> asked = new HashMap<>();

    /** What approvers left, by decision. */
    final Map<String, Extent.Scope> narrowings = new HashMap<>();

    final List<DeadLetterSeen> deadLetters = new ArrayList<>();
    final List<Unreadable> unreadable = new ArrayList<>();
    final SystemsSeen systems = new SystemsSeen();
    final List<Leak> leaks = new ArrayList<>();
    /** Records and files in which identifiers were looked for. */
    long scanned;

    DataMap dataMap = DataMap.EMPTY;
    LimitTraffic limits = new LimitTraffic(Map.of(), List.of(), List.of(), Map.of());
    LeftBehind left = LeftBehind.NOTHING;
    private final Map<String, List<Act>> actsByRequest = new HashMap<>();
    private final Map<String, List<Act>> actsBySubject = new HashMap<>();
    private final Map<Act.Kind, List<Act>> actsByKind = new EnumMap<>(Act.Kind.class);

    Evidence(RunInfo run) {
        this.run = run;
    }

    void add(FaultEvent fault) {
        faults.add(fault);
        frames = null;
        clocks = null;
    }

    void add(Act act) {
        acts.add(act);
        actsByKind.computeIfAbsent(act.act(), any -> new ArrayList<>()).add(act);
        if (act.subjectId() != null) {
            actsBySubject
                    .computeIfAbsent(act.subjectId(), any -> new ArrayList<>())
                    .add(act);
        }
        if (act.requestId() != null) {
            actsByRequest
                    .computeIfAbsent(act.requestId(), any -> new ArrayList<>())
                    .add(act);
        }
    }

    void add(AuditSeen audit) {
        audits.computeIfAbsent(audit.requestId(), any -> new ArrayList<>()).add(audit);
    }

    void add(TaskSeen task) {
        tasks.computeIfAbsent(task.requestId(), any -> new ArrayList<>()).add(task);
    }

    void add(CompletionSeen completion) {
        completions
                .computeIfAbsent(completion.requestId(), any -> new ArrayList<>())
                .add(completion);
    }

    List<Act> acts(Act.Kind kind) {
        return actsByKind.getOrDefault(kind, List.of());
    }

    List<Act> acts(String requestId) {
        return actsByRequest.getOrDefault(requestId, List.of());
    }

    List<Act> acts(String requestId, Act.Kind kind) {
        return acts(requestId).stream().filter(act -> act.act() == kind).toList();
    }

    List<Act> actsOn(String subjectId) {
        return actsBySubject.getOrDefault(subjectId, List.of());
    }

    List<TaskSeen> tasks(String requestId) {
        return tasks.getOrDefault(requestId, List.of());
    }

    List<CompletionSeen> completions(String requestId) {
        return completions.getOrDefault(requestId, List.of());
    }

    /** The last word on a request. */
    Optional<AuditSeen> lastAudit(String requestId) {
        List<AuditSeen> revisions = audits.getOrDefault(requestId, List.of());
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.get(revisions.size() - 1));
    }

    List<FaultEvent> faults() {
        return faults;
    }

    /** Made once: every task asks. */
    List<Frame> frames() {
        List<Frame> known = frames;
        if (known == null) {
            known = TimeFrames.frames(faults);
            frames = known;
        }
        return known;
    }

    /** Made once: every task asks. */
    Clocks clocks() {
        Clocks known = clocks;
        if (known == null) {
            known = Clocks.of(frames());
            clocks = known;
        }
        return known;
    }

    /** When the request was closed by the last word on it; empty if it was not. */
    Optional<Long> closedAt(String requestId) {
        return lastAudit(requestId).filter(AuditSeen::closed).map(AuditSeen::ended);
    }
}
