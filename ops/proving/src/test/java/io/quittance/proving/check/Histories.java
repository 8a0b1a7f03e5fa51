package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.DecisionAudited;
import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.check.AuditSeen.TaskAudited;
import io.quittance.proving.check.DataMap.DatasetSeen;
import io.quittance.proving.check.Extent.Asked;
import io.quittance.proving.check.Extent.Scope;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.RunInfo;
import io.quittance.proving.history.Subject;
import io.quittance.proving.history.SystemObject;
import io.quittance.proving.history.SystemReceipt;
import io.quittance.proving.history.SystemRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Small histories made by hand. The plain one is a delete of subject {@value #SUBJECT} in the system {@value #SYSTEM},
 * carried out as it should be, and an untouched neighbour.
 */
final class Histories {
    static final String REQUEST = "r-1";
    static final String SUBJECT = "s-1";
    static final String NEIGHBOUR = "s-2";
    static final String SYSTEM = "crm";
    /** Whose work comes before that of {@link #SYSTEM}. */
    static final String FIRST = "sales";

    static final String DATASET = "customers";
    static final List<String> CONTACT = List.of("contact", "identity");
    static final List<String> FINANCIAL = List.of("financial", "identity");
    static final String RULE = "ask-one";
    static final String GRANT = REQUEST + "#1";
    static final long SUBMITTED = 1_000;
    static final long ISSUED = 2_000;
    static final long DONE = 3_000;
    static final long CLOSED = 4_000;
    static final long TASK_TIMEOUT = 15_000;
    static final long GRANT_END = 200_000;
    static final long RUN_END = 300_000;

    final Evidence evidence = new Evidence(new RunInfo(1, 0, RUN_END, true, Map.of(), "revision", "machine", null));
    private int offset;
    private long grantOpens = ISSUED;

    private Histories() {
        evidence.dataMap = new DataMap(
                Map.of(
                        SYSTEM,
                        List.of(
                                new DatasetSeen(DATASET, "crm.customers", "ERASE", CONTACT, List.of("name")),
                                new DatasetSeen("invoices", "crm.invoices", "RETAIN", FINANCIAL, List.of()))),
                Map.of(SYSTEM, List.of(FIRST)),
                Map.of(SYSTEM, List.of("ACCESS", "EXPORT", "DELETE", "ANONYMIZE")),
                Set.of());
    }

    /** Nobody has asked anything yet; two subjects are there. */
    static Histories quiet() {
        var history = new Histories();
        for (String subject : List.of(SUBJECT, NEIGHBOUR)) {
            history.evidence.subjects.put(
                    subject,
                    new Subject(
                            subject,
                            customer(subject),
                            "mail",
                            Map.of(
                                    SYSTEM,
                                    Map.of(
                                            DATASET,
                                            List.of(digest(subject, DATASET)),
                                            "invoices",
                                            List.of(digest(subject, "invoices")))),
                            Map.of(
                                    SYSTEM,
                                    Map.of(
                                            DATASET,
                                            List.of(Digest.ofRowWithout(
                                                    List.of("name"), columns(subject, DATASET)))))));
            history.row(subject, "invoices");
        }
        history.row(NEIGHBOUR, DATASET);
        return history;
    }

    /** A delete that was done as it should be. */
    static Histories deleted() {
        var history = quiet();
        history.submitted("FULFILLED");
        history.issued(1);
        history.receipt(1, DONE);
        history.answered(1, erased(1));
        history.audit(1, "EXECUTING", false, List.of(task(1, "ISSUED", List.of())));
        history.audit(2, "FULFILLED", true, List.of(task(1, "DONE", erased(1))));
        return history;
    }

    /** An export that was done as it should be. */
    static Histories exported() {
        var history = quiet();
        history.row(SUBJECT, DATASET);
        history.submitted(Map.of("action", "EXPORT"), "FULFILLED");
        history.issued(1, "EXPORT");
        var text =
                "{\"request_id\":\"%s\",\"system\":\"%s\",\"created_at\":\"1970-01-01T00:00:02.500Z\",\"datasets\":[{\"name\":\"%s\",\"records\":[%s]},{\"name\":\"invoices\",\"records\":[%s]}]}"
                        .formatted(REQUEST, SYSTEM, DATASET, record(SUBJECT, DATASET), record(SUBJECT, "invoices"));
        history.export(text);
        var outcomes = List.of(exported(DATASET, text), exported("invoices", text));
        history.answered(1, outcomes);
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", outcomes)));
        return history;
    }

    Histories submitted(String... expected) {
        return submitted(Map.of(), expected);
    }

    Histories submitted(Map<String, String> details, String... expected) {
        asked(details.getOrDefault("action", "DELETE"), List.of(), List.of());
        evidence.add(act(Act.Kind.SUBMITTED, SUBMITTED, details, List.of(expected)));
        return this;
    }

    Histories asked(String action, List<String> systems, List<String> categories) {
        evidence.asked.put(REQUEST, new Asked(action, new Scope(systems, categories)));
        return this;
    }

    /** The data map has another system, which holds nothing of anybody. */
    Histories mapped(String system, String... actions) {
        Map<String, List<DatasetSeen>> systems = new HashMap<>(evidence.dataMap.systems());
        Map<String, List<String>> can = new HashMap<>(evidence.dataMap.actions());
        systems.put(
                system, List.of(new DatasetSeen("documents", system, "ERASE", List.of("correspondence"), List.of())));
        can.put(system, List.of(actions));
        evidence.dataMap = new DataMap(systems, evidence.dataMap.after(), can, evidence.dataMap.changed());
        return this;
    }

    /** Entries that somebody replaced during the run. */
    Histories changed(String... systems) {
        DataMap map = evidence.dataMap;
        evidence.dataMap = new DataMap(map.systems(), map.after(), map.actions(), Set.of(systems));
        return this;
    }

    Histories submission(String request, String action, long at) {
        evidence.add(new Act(
                SUBMITTED,
                SUBMITTED,
                Act.Kind.SUBMITTED,
                request,
                SUBJECT,
                "STORY",
                new Place("privacy.requests", 0, at),
                List.of(),
                Map.of("action", action)));
        return this;
    }

    /** Withdrawn, before any of its work. */
    Histories ended(String request, long at, List<String> trail) {
        return audit(request, 1, "CANCELLED", "WITHDRAWN", true, List.of(), at, List.of(), trail);
    }

    Histories act(Act.Kind kind, long at, Map<String, String> details) {
        evidence.add(act(kind, at, details, List.of()));
        return this;
    }

    Histories garbage(Place place, String codes) {
        return garbage(place, Map.of("codes", codes));
    }

    Histories garbage(Place place, Map<String, String> details) {
        evidence.add(new Act(SUBMITTED, SUBMITTED, Act.Kind.POISON, null, null, "POISON", place, List.of(), details));
        return this;
    }

    /** Of a record about a request, or of a report on its work in {@link #SYSTEM}. */
    Histories deadLetter(Place origin, String code, @Nullable String request, long at) {
        return deadLetter(origin, code, "sha", request, request == null ? null : request + "/" + SYSTEM, at);
    }

    Histories deadLetter(
            Place origin,
            String code,
            @Nullable String sha256,
            @Nullable String request,
            @Nullable String task,
            long at) {
        evidence.deadLetters.add(
                new DeadLetterSeen(place("dead-letters"), at, at, code, "why", "app", origin, sha256, request, task));
        return this;
    }

    Histories fault(String fault, long from, long until) {
        evidence.add(new FaultEvent(from, fault, "x", FaultEvent.BEGIN, null));
        evidence.add(new FaultEvent(until, fault, "x", FaultEvent.END, null));
        return this;
    }

    Histories issued(int attempt) {
        return issued(attempt, "DELETE");
    }

    Histories issued(int attempt, String action) {
        return issued(REQUEST, attempt, action, ISSUED);
    }

    Histories issued(String request, int attempt, String action, long at) {
        return issued(request, attempt, action, List.of(DATASET, "invoices"), at);
    }

    Histories issued(String request, int attempt, String action, List<String> datasets, long at) {
        evidence.add(new TaskSeen(
                place("tasks." + SYSTEM),
                at,
                request + "/" + SYSTEM,
                request,
                SUBJECT,
                SYSTEM,
                attempt,
                action,
                grant(request),
                datasets,
                at,
                at + TASK_TIMEOUT));
        return this;
    }

    Histories answered(int attempt, List<OutcomeSeen> outcomes) {
        return answered(attempt, "DONE", false, outcomes);
    }

    Histories answered(int attempt, String status, boolean retryable, List<OutcomeSeen> outcomes) {
        evidence.add(new CompletionSeen(
                place("completions"),
                DONE,
                REQUEST + "/" + SYSTEM,
                REQUEST,
                SYSTEM,
                attempt,
                GRANT,
                status,
                retryable,
                null,
                outcomes,
                ISSUED + 100,
                DONE));
        return this;
    }

    Histories receipt(int attempt, long at) {
        evidence.systems.add(new SystemReceipt(
                SYSTEM, REQUEST + "/" + SYSTEM, "DELETE", GRANT, attempt, SystemReceipt.IN_TRANSACTION, at));
        return this;
    }

    Histories audit(int revision, String state, boolean closed, List<TaskAudited> tasks) {
        return audit(revision, state, state, closed, tasks);
    }

    Histories audit(int revision, String state, String code, boolean closed, List<TaskAudited> tasks) {
        return audit(REQUEST, revision, state, code, closed, tasks, CLOSED);
    }

    Histories audit(
            String request, int revision, String state, String code, boolean closed, List<TaskAudited> tasks, long at) {
        return audit(request, revision, state, code, closed, tasks, at, List.of(), List.of());
    }

    /** A closed audit that tells of decisions, and has codes in its trail. */
    Histories told(List<DecisionAudited> decisions, List<String> trail) {
        return audit(REQUEST, 1, "FULFILLED", "FULFILLED", true, List.of(), CLOSED, decisions, trail);
    }

    /** Carried out as it should be, after an approval. */
    Histories done(DecisionAudited approval) {
        return issued(1)
                .receipt(1, DONE)
                .answered(1, erased(1))
                .audit(
                        REQUEST,
                        1,
                        "FULFILLED",
                        "FULFILLED",
                        true,
                        List.of(task(1, "DONE", erased(1))),
                        CLOSED,
                        List.of(approval),
                        List.of());
    }

    /** From here on, grants that shut at the same time as ever open only then. */
    Histories grantsOpenAt(long at) {
        grantOpens = at;
        return this;
    }

    /** Expired with its work undone. */
    Histories expired() {
        return audit(REQUEST, 1, "EXPIRED", "GRANT_EXPIRED", true, List.of(task(1, "FAILED", List.of())), GRANT_END);
    }

    Histories audit(
            String request,
            int revision,
            String state,
            String code,
            boolean closed,
            List<TaskAudited> tasks,
            long at,
            List<DecisionAudited> decisions,
            List<String> trail) {
        evidence.add(new AuditSeen(
                request,
                SUBJECT,
                0,
                offset++,
                at,
                "content-" + offset,
                "DELETE",
                state,
                closed,
                code,
                revision,
                SUBMITTED,
                closed ? at : null,
                null,
                RULE,
                List.of(grant(request)),
                tasks,
                decisions,
                0,
                trail));
        return this;
    }

    Histories row(String subject, String dataset) {
        Map<String, @Nullable String> columns = columns(subject, dataset);
        evidence.systems.add(new SystemRow(SYSTEM, dataset, customer(subject), Digest.ofRow(columns), columns));
        return this;
    }

    Histories changedRow(String subject, String dataset, @Nullable String name) {
        return changedRow(subject, dataset, name, "Cork");
    }

    Histories changedRow(String subject, String dataset, @Nullable String name, String city) {
        Map<String, @Nullable String> columns = columns(subject, dataset);
        columns.put("name", name);
        columns.put("city", city);
        evidence.systems.add(new SystemRow(SYSTEM, dataset, customer(subject), Digest.ofRow(columns), columns));
        return this;
    }

    Histories export(String text) {
        evidence.systems.addExport(
                new SystemObject("exports", "doc", Digest.sha256(text.getBytes()), text.length(), text));
        return this;
    }

    static TaskAudited task(int attempts, String status, List<OutcomeSeen> outcomes) {
        return new TaskAudited(SYSTEM, attempts, status, null, outcomes);
    }

    static List<OutcomeSeen> erased(long rows) {
        return List.of(
                new OutcomeSeen(DATASET, rows == 0 ? "NOT_FOUND" : "ERASED", rows, rows, 0, null, null, 0),
                new OutcomeSeen("invoices", "RETAINED", 1, 0, 1, null, null, 0));
    }

    /** A dataset of one record that was written to the document. */
    static OutcomeSeen exported(String dataset, String text) {
        return new OutcomeSeen(dataset, "EXPORTED", 1, 1, 0, "s3://exports/doc", Digest.sha256(text.getBytes()), 1);
    }

    GrantSeen grant(String request) {
        return new GrantSeen(request + "#1", List.of(SYSTEM), grantOpens, GRANT_END);
    }

    static String record(String subject, String dataset) {
        Map<String, @Nullable String> columns = columns(subject, dataset);
        return "{\"city\":\"%s\",\"name\":\"%s\"}".formatted(columns.get("city"), columns.get("name"));
    }

    Place place(String topic) {
        return new Place("privacy." + topic, 0, offset++);
    }

    /** Sentences of what the invariant finds, with the kind before them. */
    List<String> foundBy(Invariant invariant) {
        var findings = new Findings(invariant.id(), evidence);
        invariant.check(evidence, findings);
        return findings.violations().stream()
                .map(violation -> violation.kind() + " " + violation.sentence())
                .toList();
    }

    /** How often the invariant compared something, by what it compared it with. */
    Map<String, Long> comparedBy(Invariant invariant) {
        var findings = new Findings(invariant.id(), evidence);
        invariant.check(evidence, findings);
        Map<String, Long> made = new TreeMap<>();
        findings.comparisons().forEach((clause, comparisons) -> made.put(clause, comparisons.made()));
        return made;
    }

    Map<String, Long> excusedBy(Invariant invariant) {
        var findings = new Findings(invariant.id(), evidence);
        invariant.check(evidence, findings);
        return findings.excused();
    }

    long lookedAtBy(Invariant invariant) {
        var findings = new Findings(invariant.id(), evidence);
        invariant.check(evidence, findings);
        return findings.count();
    }

    private Act act(Act.Kind kind, long at, Map<String, String> details, List<String> expected) {
        return new Act(at, at + 10, kind, REQUEST, SUBJECT, "STORY", place("requests"), expected, details);
    }

    private static String customer(String subject) {
        return "customer-of-" + subject;
    }

    private static String digest(String subject, String dataset) {
        return Digest.ofRow(columns(subject, dataset));
    }

    private static Map<String, @Nullable String> columns(String subject, String dataset) {
        Map<String, @Nullable String> columns = new HashMap<>();
        columns.put("name", "name of " + subject + " in " + dataset);
        columns.put("city", "Cork");
        return columns;
    }
}
