package io.quittance.proving.check;

import io.quittance.proving.check.AvroReading.Fields;
import io.quittance.proving.check.LeftBehind.DocketRow;
import io.quittance.proving.check.LimitTraffic.ClaimSeen;
import io.quittance.proving.check.LimitTraffic.LimitSeen;
import io.quittance.proving.check.LimitTraffic.PermitSeen;
import io.quittance.proving.check.LimitTraffic.ReleaseSeen;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Digest;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Place;
import io.quittance.proving.history.Subject;
import io.quittance.proving.history.SystemObject;
import io.quittance.proving.history.SystemReceipt;
import io.quittance.proving.history.SystemRow;
import io.quittance.proving.history.TopicRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a history, one file after the other. */
final class EvidenceReader {
    private static final String PREFIX = "privacy.";
    private static final String TASKS = PREFIX + "tasks.";
    private static final String DEAD_LETTERS = PREFIX + "dead-letters";

    /**
     * Types of the records in topics that only application and executors write, but for what is done to them on
     * purpose.
     */
    private static final Map<String, String> WRITTEN_BY_PRODUCT = Map.of(
            "audit", "AuditRecord",
            "approvals", "ApprovalPrompt",
            "completions", "Completion",
            "revocations", "Revocation",
            "notifications", "Notification",
            "limit-claims", "LimitClaim",
            "limit-permits", "LimitPermit",
            "dead-letters", "DeadLetter");

    private final HistoryDirectory history;
    private final AvroReading avro;
    private final Evidence evidence;
    private final Map<String, LimitSeen> limits = new HashMap<>();
    private final List<ClaimSeen> claimed = new ArrayList<>();
    private final List<PermitSeen> permits = new ArrayList<>();
    private final Map<String, ReleaseSeen> releases = new HashMap<>();
    private final Map<String, List<DataMap.DatasetSeen>> systems = new LinkedHashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();
    private final Map<String, List<String>> actions = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<String, Long> prompts = new HashMap<>();
    private final Map<String, DocketRow> dockets = new HashMap<>();
    private final Map<String, Leak> docketLeaks = new HashMap<>();
    /** Where parties put whatever they liked. */
    private final Set<Place> published = new HashSet<>();

    private final Map<String, Boolean> claims = new LinkedHashMap<>();
    private final Map<String, Boolean> freezes = new LinkedHashMap<>();
    /** Prompts, claims and freezes that were taken back. */
    private long settled;

    private EvidenceReader(HistoryDirectory history) {
        this.history = history;
        this.avro = new AvroReading(history.schemas());
        this.evidence = new Evidence(history.run());
    }

    static Evidence read(HistoryDirectory history) {
        return new EvidenceReader(history).all();
    }

    private Evidence all() {
        // A run without faults has no diary of them.
        if (Files.exists(history.nemesis())) {
            JsonLines.forEach(history.nemesis(), FaultEvent.class, evidence::add);
        }
        JsonLines.forEach(history.acts(), Act.class, this::act);
        JsonLines.forEach(
                history.subjects(), Subject.class, subject -> evidence.subjects.put(subject.subjectId(), subject));
        history.topics().forEach(this::topic);
        evidence.dataMap = new DataMap(systems, after, actions, changed);
        evidence.limits = new LimitTraffic(limits, claimed, permits, releases);
        evidence.left = new LeftBehind(
                List.copyOf(dockets.values()),
                prompts,
                List.copyOf(claims.keySet()),
                List.copyOf(freezes.keySet()),
                settled);
        evidence.leaks.addAll(docketLeaks.values());
        targets();
        evidence.scanned += LogScan.of(history.logs(), evidence.leaks::add);
        return evidence;
    }

    private void act(Act act) {
        evidence.add(act);
        if (act.act() == Act.Kind.POISON && act.place() != null) {
            published.add(act.place());
        }
    }

    private void topic(String name) {
        JsonLines.forEach(history.topic(name), TopicRecord.class, record -> {
            record(name, record);
            if (!name.endsWith("-dockets-changelog")) {
                scan(name, record);
            }
        });
    }

    private void record(String topic, TopicRecord record) {
        if (topic.startsWith(TASKS)) {
            Optional<Fields> read = decoded(record);
            written(topic, record, read, "Task");
            read.ifPresent(task -> evidence.add(Decoded.task(topic, record, task)));
        } else if (topic.startsWith(PREFIX)) {
            String name = topic.substring(PREFIX.length());
            Optional<Fields> read = decoded(record);
            String type = WRITTEN_BY_PRODUCT.get(name);
            if (type != null) {
                written(topic, record, read, type);
            }
            contract(topic, name, record, read);
        } else if (topic.endsWith("-dockets-changelog")) {
            docket(topic, record);
        } else if (topic.endsWith("-limit-ledger-changelog")) {
            ledger(record);
        }
    }

    private void contract(String topic, String name, TopicRecord record, Optional<Fields> read) {
        switch (name) {
            case "audit" -> {
                byte[] value = record.value();
                if (value != null) {
                    read.ifPresent(audit -> evidence.add(Decoded.audit(record, value, audit)));
                }
            }
            case "requests" ->
                read.filter(fields -> fields.type().equals("RequestEvent")).ifPresent(this::request);
            case "decisions" ->
                read.filter(fields -> fields.type().equals("DecisionEvent"))
                        .ifPresent(decision -> decision.optionalInner("narrowing")
                                .ifPresent(left ->
                                        evidence.narrowings.put(decision.text("decision_id"), Decoded.scope(left))));
            case "completions" ->
                read.filter(fields -> fields.type().equals("Completion"))
                        .ifPresent(completion -> evidence.add(Decoded.completion(topic, record, completion)));
            case "policies" ->
                read.filter(fields -> fields.type().equals("PolicyDocument"))
                        .ifPresent(policy -> Decoded.patience(policy)
                                .forEach((rule, window) -> evidence.patience.merge(rule, window, Math::min)));
            case "limits" -> read.ifPresent(limit -> limits.put(record.keyText(), Decoded.limit(limit)));
            case "limit-permits" ->
                read.filter(fields -> fields.type().equals("LimitPermit"))
                        .ifPresent(permit -> permits.add(Decoded.permit(record, permit)));
            case "limit-claims" ->
                read.filter(fields -> fields.type().equals("LimitClaim")).ifPresent(claim -> claim(record, claim));
            case "systems" -> {
                read.filter(fields -> fields.type().equals("SystemEntry")).ifPresent(this::system);
                if (record.value() == null && systems.containsKey(record.keyText())) {
                    changed.add(record.keyText());
                }
            }
            case "revocations" ->
                read.filter(fields -> fields.type().equals("Revocation"))
                        .ifPresent(revocation -> evidence.revoked.add(revocation.text("grant_id")));
            case "approvals" -> latest(prompts, record.keyText(), record.timestamp(), record.value() != null);
            case "freezes" -> latest(freezes, record.keyText(), true, record.value() != null);
            case "dead-letters" -> read.ifPresent(letter -> deadLetter(topic, record, letter));
            default -> {
                // Inputs are known from the acts, notifications promise nothing.
            }
        }
    }

    /** What the product writes, everybody can read. */
    private void written(String topic, TopicRecord record, Optional<Fields> read, String type) {
        byte[] value = record.value();
        boolean tombstone = value == null && topic.equals(PREFIX + "approvals");
        boolean readable = read.filter(fields -> fields.type().equals(type)).isPresent();
        if (!tombstone && !readable) {
            evidence.unreadable.add(new Unreadable(
                    new Place(topic, record.partition(), record.offset()),
                    value == null ? Unreadable.NO_VALUE : Digest.sha256(value),
                    record.timestamp()));
        }
    }

    /** What is published again under the same name is recognised, and changes nothing. */
    private void request(Fields event) {
        event.optionalInner("body")
                .filter(body -> body.type().equals("Submission"))
                .ifPresent(
                        submission -> evidence.asked.putIfAbsent(event.text("request_id"), Decoded.asked(submission)));
    }

    private void system(Fields entry) {
        String name = entry.text("system");
        List<DataMap.DatasetSeen> datasets =
                entry.list("datasets").stream().map(Decoded::dataset).toList();
        List<DataMap.DatasetSeen> before = systems.put(name, datasets);
        List<String> allowedBefore = actions.put(name, entry.texts("actions"));
        if (before != null
                && !(before.equals(datasets) && entry.texts("actions").equals(allowedBefore))) {
            changed.add(name);
        }
        after.put(name, entry.texts("after"));
    }

    private void claim(TopicRecord record, Fields claim) {
        if (claim.text("kind").equals("CLAIM")) {
            claimed.add(Decoded.claim(record, claim));
        } else if (claim.text("kind").equals("RELEASE")) {
            releases.putIfAbsent(claim.text("claim_id"), new ReleaseSeen(claim.flag("unused"), record.timestamp()));
        }
    }

    private void deadLetter(String topic, TopicRecord record, Fields letter) {
        Object payload = letter.fields().get("value");
        Optional<Fields> about = payload instanceof ByteBuffer bytes ? avro.read(copy(bytes)) : Optional.empty();
        evidence.deadLetters.add(new DeadLetterSeen(
                new Place(topic, record.partition(), record.offset()),
                record.timestamp(),
                letter.number("at"),
                letter.text("code"),
                letter.text("detail"),
                letter.text("component"),
                new Place(letter.text("topic"), Math.toIntExact(letter.number("partition")), letter.number("offset")),
                letter.optionalText("value_sha256"),
                about.map(fields -> fields.optionalText("request_id")).orElse(null),
                about.map(fields -> fields.optionalText("task_id")).orElse(null)));
    }

    private void docket(String topic, TopicRecord record) {
        String subject = record.keyText();
        byte[] value = record.value();
        if (value == null) {
            dockets.remove(subject);
            docketLeaks.remove(subject);
            return;
        }
        dockets.put(subject, DocketHead.read(subject, value));
        if (Marker.isIn(value)) {
            docketLeaks.put(subject, new Leak(topic + "-" + record.partition() + "@" + record.offset(), null, 0));
        } else {
            docketLeaks.remove(subject);
        }
    }

    private void ledger(TopicRecord record) {
        String key = record.keyText();
        if (key.startsWith("e")) {
            latest(claims, key.substring(1), true, record.value() != null);
        }
    }

    /** Identifiers belong where a publisher put them, into the tasks, and into dead letters of those. */
    private void scan(String topic, TopicRecord record) {
        if (topic.equals(PREFIX + "requests") || topic.startsWith(TASKS)) {
            return;
        }
        evidence.scanned++;
        boolean inValue = record.value() != null && Marker.isIn(record.value());
        boolean inKey = record.key() != null && Marker.isIn(record.key());
        boolean inHeaders = record.headers().entrySet().stream()
                .anyMatch(header -> isMarked(header.getKey()) || isMarked(header.getValue()));
        if (!inValue && !inKey && !inHeaders) {
            return;
        }
        Place place = new Place(topic, record.partition(), record.offset());
        boolean onlyInValue = !inKey && !inHeaders;
        if (published.contains(place) || (topic.equals(DEAD_LETTERS) && onlyInValue && isOfPublishersRecord(record))) {
            return;
        }
        evidence.leaks.add(new Leak(place.toString(), null, record.timestamp()));
    }

    private boolean isOfPublishersRecord(TopicRecord record) {
        return decoded(record)
                .filter(letter -> !isMarked(letter.text("detail")))
                .map(letter -> letter.text("topic"))
                .filter(origin -> origin.startsWith(PREFIX))
                .isPresent();
    }

    private static boolean isMarked(String text) {
        return Marker.isIn(text.getBytes(StandardCharsets.UTF_8));
    }

    private void targets() {
        JsonLines.forEach(history.rows(), SystemRow.class, evidence.systems::add);
        JsonLines.forEach(history.receipts(), SystemReceipt.class, evidence.systems::add);
        JsonLines.forEach(history.objects(), SystemObject.class, this::object);
    }

    private void object(SystemObject object) {
        if (object.text() != null) {
            evidence.systems.addExport(object);
            return;
        }
        systems.forEach((system, datasets) -> datasets.stream()
                .filter(dataset -> dataset.location().equals(object.bucket()))
                .forEach(dataset -> ObjectOwner.of(object.key())
                        .ifPresent(owner -> evidence.systems.addObject(
                                system,
                                dataset.name(),
                                owner.customerId(),
                                Digest.ofObject(owner.name(), object.sha256())))));
    }

    private Optional<Fields> decoded(TopicRecord record) {
        byte[] value = record.value();
        return value == null ? Optional.empty() : avro.read(value);
    }

    private <V> void latest(Map<String, V> all, String key, V value, boolean there) {
        if (there) {
            all.put(key, value);
        } else if (all.remove(key) != null) {
            settled++;
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Whose object it is, and its name below their folder: {@code customers/<customer>/<name>}. */
    private record ObjectOwner(String customerId, String name) {
        static Optional<ObjectOwner> of(String key) {
            String[] parts = key.split("/", 3);
            return parts.length == 3 ? Optional.of(new ObjectOwner(parts[1], parts[2])) : Optional.empty();
        }
    }
}
