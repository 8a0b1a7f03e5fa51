package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.check.AuditSeen.TaskAudited;
import io.quittance.proving.check.DataMap.DatasetSeen;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.Subject;
import io.quittance.proving.history.SystemObject;
import io.quittance.proving.history.SystemRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A5: erased rows are gone, untouched ones whole, exports complete. */
final class Holdings implements Invariant {
    private static final String EXPORT = "export";

    @Override
    public String id() {
        return "A5";
    }

    @Override
    public String promise() {
        return "what was erased is gone, what was not touched is whole, what was exported is complete";
    }

    @Override
    public void check(Evidence evidence, Findings findings) {
        Map<String, List<TaskSeen>> bySubject = new HashMap<>();
        evidence.tasks
                .values()
                .forEach(tasks -> tasks.forEach(task -> bySubject
                        .computeIfAbsent(task.subjectId(), any -> new ArrayList<>())
                        .add(task)));
        for (Subject subject : evidence.subjects.values()) {
            findings.looked();
            List<TaskSeen> issued = bySubject.getOrDefault(subject.subjectId(), List.of());
            evidence.dataMap
                    .systems()
                    .forEach((system, datasets) ->
                            new Estate(evidence, subject, system, datasets, issued, findings).check());
        }
        evidence.tasks.forEach((request, tasks) -> exports(evidence, request, tasks, bySubject, findings));
    }

    /** One subject's part of one system. */
    private record Estate(
            Evidence evidence,
            Subject subject,
            String system,
            List<DatasetSeen> datasets,
            List<TaskSeen> issued,
            Findings findings) {

        void check() {
            boolean erased = isDone("DELETE");
            boolean mayBeErased = wasIssued("DELETE");
            boolean anonymized = isDone("ANONYMIZE");
            boolean mayBeAnonymized = wasIssued("ANONYMIZE");
            int gone = 0;
            int there = 0;
            int changed = 0;
            for (DatasetSeen dataset : datasets) {
                List<String> before = subject.held(system, dataset.name());
                List<String> after = evidence.systems.digests(system, dataset.name(), subject.customerId());
                if (dataset.isRetained() || (!mayBeErased && !mayBeAnonymized)) {
                    whole(dataset, before, after);
                } else if (erased) {
                    gone(dataset, after);
                } else if (mayBeErased && after.isEmpty()) {
                    gone += before.isEmpty() ? 0 : 1;
                } else if (anonymized) {
                    anonymous(dataset, before);
                    there += before.isEmpty() ? 0 : 1;
                } else if (mayBeAnonymized) {
                    there += before.isEmpty() ? 0 : 1;
                    changed += isSame(before, after) ? 0 : 1;
                } else {
                    there += before.isEmpty() ? 0 : 1;
                    whole(dataset, before, after);
                }
            }
            if (gone > 0 && there > 0) {
                report("was erased from one part of " + system + " and not from another");
            }
            if (gone > 0 && !leftReceipt("DELETE")) {
                lost("lost rows of " + system + " with no receipt");
            }
            if (changed > 0 && !leftReceipt("DELETE") && !leftReceipt("ANONYMIZE")) {
                lost("has changed rows in " + system + " with no receipt");
            }
        }

        /** Rows change with their receipt or not at all; objects are touched after theirs. */
        private boolean leftReceipt(String action) {
            return issued.stream()
                    .filter(task ->
                            task.system().equals(system) && task.action().equals(action))
                    .anyMatch(task -> !evidence.systems.receipts(task.taskId()).isEmpty());
        }

        private static boolean isSame(List<String> before, List<String> after) {
            return before.stream()
                    .sorted()
                    .toList()
                    .equals(after.stream().sorted().toList());
        }

        private boolean wasIssued(String action) {
            return issued.stream()
                    .anyMatch(task ->
                            task.system().equals(system) && task.action().equals(action));
        }

        private boolean isDone(String action) {
            return issued.stream()
                    .filter(task ->
                            task.system().equals(system) && task.action().equals(action))
                    .anyMatch(task -> evidence.lastAudit(task.requestId()).stream()
                            .flatMap(audit -> audit.task(system).stream())
                            .anyMatch(TaskAudited::isDone));
        }

        private void whole(DatasetSeen dataset, List<String> before, List<String> after) {
            List<String> missing = new ArrayList<>(before);
            after.forEach(missing::remove);
            List<String> added = new ArrayList<>(after);
            before.forEach(added::remove);
            if (!missing.isEmpty()) {
                lost("lost or changed " + missing.size() + " of " + before.size() + " rows of " + system + "/"
                        + dataset.name() + ", which nothing was to touch");
            } else if (!added.isEmpty()) {
                report("has " + added.size() + " rows in " + system + "/" + dataset.name()
                        + " that were not there before");
            }
        }

        private void gone(DatasetSeen dataset, List<String> after) {
            if (!after.isEmpty()) {
                report("is audited as erased and still has " + after.size() + " rows in " + system + "/"
                        + dataset.name());
            }
        }

        private void anonymous(DatasetSeen dataset, List<String> before) {
            List<SystemRow> rows = evidence.systems.rows(system, dataset.name(), subject.customerId());
            boolean isTable = !dataset.redacted().isEmpty() || !rows.isEmpty();
            if (isTable && rows.size() != before.size()) {
                report("had " + before.size() + " rows in " + system + "/" + dataset.name() + " and has " + rows.size()
                        + " since they were anonymized");
            }
            long told = rows.stream()
                    .filter(row -> dataset.redacted().stream()
                            .map(column -> row.columns().get(column))
                            .anyMatch(value -> value != null && !value.isEmpty()))
                    .count();
            if (told > 0) {
                report("is audited as anonymized, and " + told + " rows of " + system + "/" + dataset.name()
                        + " still say who it is");
            }
            kept(dataset, rows);
        }

        private void kept(DatasetSeen dataset, List<SystemRow> rows) {
            List<String> before = subject.keptOf(system, dataset.name());
            List<String> after = rows.stream()
                    .map(row -> Digest.ofRowWithout(dataset.redacted(), row.columns()))
                    .toList();
            if (before != null && !isSame(before, after)) {
                report("was anonymized, and rows of " + system + "/" + dataset.name()
                        + " have lost or changed what was to be kept");
            }
        }

        private void lost(String sentence) {
            findings.onSubject(Violation.Kind.LOST, requestId(), subject.subjectId(), sentence);
        }

        private void report(String sentence) {
            findings.onSubject(Violation.Kind.VIOLATED, requestId(), subject.subjectId(), sentence);
        }

        private @Nullable String requestId() {
            return issued.stream()
                    .filter(task -> task.system().equals(system) && Permission.isWrite(task.action()))
                    .map(TaskSeen::requestId)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static void exports(
            Evidence evidence,
            String request,
            List<TaskSeen> tasks,
            Map<String, List<TaskSeen>> bySubject,
            Findings findings) {
        Optional<AuditSeen> audit = evidence.lastAudit(request).filter(AuditSeen::closed);
        TaskSeen any = tasks.get(0);
        Subject subject = evidence.subjects.get(any.subjectId());
        if (audit.isEmpty() || subject == null || Permission.isWrite(any.action())) {
            return;
        }
        for (TaskAudited done : audit.get().tasks()) {
            if (done.isDone()) {
                findings.expecting(EXPORT, 1);
                var export =
                        new Export(evidence, request, subject, done, audit.get().ended(), findings);
                export.check(bySubject.getOrDefault(any.subjectId(), List.of()));
            }
        }
    }

    /**
     * What was handed out from one system.
     *
     * @param ended when the request was closed
     */
    private record Export(
            Evidence evidence, String request, Subject subject, TaskAudited done, long ended, Findings findings) {

        void check(List<TaskSeen> ofSubject) {
            boolean untouched = ofSubject.stream().noneMatch(this::mayHaveTouched);
            named(ofSubject, untouched);
            for (OutcomeSeen outcome : done.outcomes()) {
                List<String> held = subject.held(done.system(), outcome.dataset());
                if (outcome.disposition().equals("EXPORTED")) {
                    exported(outcome, held, untouched);
                } else if (outcome.disposition().equals("NOT_FOUND") && !held.isEmpty() && untouched) {
                    findings.violated(
                            request,
                            "is told that nothing was found in " + done.system() + "/" + outcome.dataset() + ", where "
                                    + held.size() + " rows are");
                }
            }
        }

        /** What begins when the export is over changes nothing of it. */
        private boolean mayHaveTouched(TaskSeen task) {
            return task.system().equals(done.system())
                    && Permission.isWrite(task.action())
                    && (task.issuedAt() < ended || !evidence.clocks().agree(task.issuedAt(), ended));
        }

        /**
         * Whatever the request is about and whatever the attempt was sent out for is told of, and handed out where it
         * is held.
         */
        private void named(List<TaskSeen> ofSubject, boolean untouched) {
            Stream<String> sent = ofSubject.stream()
                    .filter(task -> task.requestId().equals(request)
                            && task.system().equals(done.system())
                            && task.attempt() == done.attempts())
                    .flatMap(task -> task.datasets().stream());
            Stream<String> meant = Extent.of(evidence, request).stream()
                    .flatMap(extent ->
                            extent.datasets(evidence.dataMap).getOrDefault(done.system(), List.of()).stream());
            Stream.concat(meant, sent).distinct().forEach(dataset -> named(dataset, untouched));
        }

        private void named(String dataset, boolean untouched) {
            Optional<String> disposition = done.outcome(dataset).map(OutcomeSeen::disposition);
            boolean held = !subject.held(done.system(), dataset).isEmpty();
            if (disposition.isEmpty()) {
                findings.lost(request, "is done in " + done.system() + ", and says nothing of " + dataset);
            } else if (held
                    && untouched
                    && !disposition.get().equals("EXPORTED")
                    && !disposition.get().equals("NOT_FOUND")) {
                findings.violated(
                        request,
                        "was to be handed " + done.system() + "/" + dataset + ", which is " + disposition.get());
            }
        }

        private void exported(OutcomeSeen outcome, List<String> held, boolean untouched) {
            String where = done.system() + "/" + outcome.dataset();
            SystemObject object = evidence.systems.exports().get(String.valueOf(outcome.documentUri()));
            if (object == null) {
                findings.lost(request, "has an export of " + where + " in its audit, and the document is not there");
                return;
            }
            if (!Objects.equals(object.sha256(), outcome.documentSha256())) {
                findings.violated(
                        request, "has a document from " + done.system() + " that is not the one its audit names");
            }
            Optional<ExportSeen> document = ExportSeen.read(object)
                    .filter(export -> export.requestId().equals(request)
                            && export.system().equals(done.system()));
            if (document.isEmpty()) {
                findings.violated(
                        request, "has a document from " + done.system() + " that cannot be read or is another's");
                return;
            }
            List<String> records = document.get().records().getOrDefault(outcome.dataset(), List.of());
            if (records.size() != records.stream().distinct().count()) {
                findings.doubled(request, "has records twice in its export of " + where);
            }
            if (untouched) {
                compare(records, held, where);
            }
        }

        private void compare(List<String> records, List<String> held, String where) {
            findings.compared(EXPORT);
            List<String> missing = new ArrayList<>(held);
            records.forEach(missing::remove);
            if (!missing.isEmpty()) {
                findings.lost(request, "misses " + missing.size() + " of " + held.size() + " records of " + where);
            }
            if (records.size() + missing.size() > held.size()) {
                findings.violated(request, "has records in its export of " + where + " that are not the subject's");
            }
        }
    }
}
