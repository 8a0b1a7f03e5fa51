package io.quittance.proving.check;

import io.quittance.proving.check.AuditSeen.DecisionAudited;
import io.quittance.proving.check.AuditSeen.GrantSeen;
import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import io.quittance.proving.check.AuditSeen.TaskAudited;
import io.quittance.proving.check.AvroReading.Fields;
import io.quittance.proving.check.DataMap.DatasetSeen;
import io.quittance.proving.check.Extent.Asked;
import io.quittance.proving.check.Extent.Scope;
import io.quittance.proving.check.LimitTraffic.ClaimSeen;
import io.quittance.proving.check.LimitTraffic.LimitSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.TopicRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From generic records to what the invariants look at. */
final class Decoded {
    private Decoded() {}

    static AuditSeen audit(TopicRecord record, byte[] value, Fields audit) {
        return new AuditSeen(
                audit.text("request_id"),
                audit.text("subject_id"),
                record.partition(),
                record.offset(),
                record.timestamp(),
                Digest.sha256(value),
                audit.text("action"),
                audit.text("state"),
                audit.flag("closed"),
                audit.text("code"),
                Math.toIntExact(audit.number("revision")),
                audit.number("received_at"),
                audit.optionalNumber("closed_at"),
                audit.optionalText("duplicate_of"),
                audit.optionalInner("rule")
                        .map(applied -> applied.optionalText("rule"))
                        .orElse(null),
                audit.list("grants").stream().map(Decoded::grant).toList(),
                audit.list("tasks").stream().map(Decoded::task).toList(),
                audit.list("decisions").stream()
                        .map(made -> new DecisionAudited(
                                made.text("decision_id"),
                                made.text("approver"),
                                made.text("verdict"),
                                made.flag("accepted")))
                        .toList(),
                audit.list("verifications").size(),
                audit.list("trail").stream().map(entry -> entry.text("code")).toList());
    }

    static TaskSeen task(String topic, TopicRecord record, Fields task) {
        return new TaskSeen(
                new Place(topic, record.partition(), record.offset()),
                record.timestamp(),
                task.text("task_id"),
                task.text("request_id"),
                task.text("subject_id"),
                task.text("system"),
                Math.toIntExact(task.number("attempt")),
                task.text("action"),
                grant(task.inner("grant")),
                task.list("datasets").stream()
                        .map(dataset -> dataset.text("name"))
                        .toList(),
                task.number("issued_at"),
                task.number("deadline"));
    }

    static CompletionSeen completion(String topic, TopicRecord record, Fields completion) {
        return new CompletionSeen(
                new Place(topic, record.partition(), record.offset()),
                record.timestamp(),
                completion.text("task_id"),
                completion.text("request_id"),
                completion.text("system"),
                Math.toIntExact(completion.number("attempt")),
                completion.text("grant_id"),
                completion.text("status"),
                completion.flag("retryable"),
                completion.optionalText("code"),
                completion.list("datasets").stream().map(Decoded::outcome).toList(),
                completion.number("started_at"),
                completion.number("finished_at"));
    }

    static LimitSeen limit(Fields limit) {
        var rate = limit.optionalInner("per_window");
        Long concurrent = limit.optionalNumber("concurrent");
        return new LimitSeen(
                limit.text("name"),
                limit.texts("systems"),
                limit.texts("actions"),
                concurrent == null ? null : Math.toIntExact(concurrent),
                rate.map(window -> Math.toIntExact(window.number("count"))).orElse(null),
                rate.map(window -> window.number("window_ms")).orElse(0L));
    }

    /** How long each rule waits for answers at the least, in milliseconds, by its name. */
    static Map<String, Long> patience(Fields policy) {
        Map<String, Long> windows = new HashMap<>();
        for (Fields rule : policy.list("rules")) {
            Stream.concat(
                            rule.optionalInner("ask").map(ask -> ask.number("answer_within_ms")).stream(),
                            rule.optionalInner("verification").map(need -> need.number("within_ms")).stream())
                    .forEach(window -> windows.merge(rule.text("id"), window, Math::min));
        }
        return windows;
    }

    static ClaimSeen claim(TopicRecord record, Fields claim) {
        return new ClaimSeen(
                claim.text("claim_id"),
                claim.text("request_id"),
                claim.text("system"),
                claim.text("action"),
                record.timestamp());
    }

    static PermitSeen permit(TopicRecord record, Fields permit) {
        return new PermitSeen(
                permit.text("claim_id"),
                permit.text("request_id"),
                permit.text("system"),
                Math.toIntExact(permit.number("attempt")),
                permit.texts("limits"),
                permit.number("permitted_at"),
                record.timestamp());
    }

    static DatasetSeen dataset(Fields dataset) {
        String finder = dataset.inner("locator").text("column");
        List<Fields> fields = dataset.list("fields");
        return new DatasetSeen(
                dataset.text("name"),
                dataset.text("location"),
                dataset.text("on_delete"),
                fields.stream().map(field -> field.text("category")).distinct().toList(),
                redacted(fields, finder));
    }

    private static List<String> redacted(List<Fields> fields, String finder) {
        return fields.stream()
                .filter(field -> field.text("anonymize").equals("REDACT"))
                .map(field -> field.text("name"))
                .filter(name -> !name.equals(finder))
                .toList();
    }

    static Asked asked(Fields submission) {
        return new Asked(submission.text("action"), scope(submission.inner("scope")));
    }

    /** Of a request, or what an approver left of it. */
    static Scope scope(Fields scope) {
        return new Scope(scope.texts("systems"), scope.texts("categories"));
    }

    private static GrantSeen grant(Fields grant) {
        return new GrantSeen(
                grant.text("grant_id"), grant.texts("systems"), grant.number("not_before"), grant.number("not_after"));
    }

    private static TaskAudited task(Fields task) {
        return new TaskAudited(
                task.text("system"),
                Math.toIntExact(task.number("attempts")),
                task.text("status"),
                task.optionalText("code"),
                task.list("datasets").stream().map(Decoded::outcome).toList());
    }

    private static OutcomeSeen outcome(Fields outcome) {
        var document = outcome.optionalInner("document");
        return new OutcomeSeen(
                outcome.text("dataset"),
                outcome.text("disposition"),
                outcome.number("matched"),
                outcome.number("affected"),
                outcome.number("residual"),
                document.map(written -> written.text("uri")).orElse(null),
                document.map(written -> written.text("sha256")).orElse(null),
                document.map(written -> written.number("records")).orElse(0L));
    }
}
