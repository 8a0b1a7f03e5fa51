package io.quittance.streams.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.quittance.contract.Topics;
import io.quittance.streams.domain.Settings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The application's own keys: names, types, defaults, and what they mean. The one place they are declared. */
final class AppOptions {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    static final String APPLICATION_ID = "application.id";
    static final String APPLICATION_SERVER = "application.server";
    static final String TOPIC_PREFIX = "topic.prefix";
    static final String POLICY_NAME = "policy.name";
    static final String HTTP_HOST = "http.host";
    static final String HTTP_PORT = "http.port";
    static final String HTTP_TOKEN_FILE = "http.token.file";
    static final String STATE_DIR = "state.dir";
    static final String NUM_STREAM_THREADS = "num.stream.threads";
    static final String NUM_STANDBY_REPLICAS = "num.standby.replicas";
    static final String COMMIT_INTERVAL_MS = "commit.interval.ms";
    static final String PUNCTUATE_INTERVAL_MS = "punctuate.interval.ms";
    static final String ROCKSDB_CACHE_MB = "rocksdb.cache.mb";
    static final String ROCKSDB_WRITE_BUFFER_MB = "rocksdb.write.buffer.mb";
    static final String STORE_CACHE_BYTES = "store.cache.bytes";
    static final String DOCKET_CACHE_BYTES = "docket.cache.bytes";
    static final String INPUT_VALUE_MAX_BYTES = "input.value.max.bytes";
    static final String STORED_VALUE_MAX_BYTES = "stored.value.max.bytes";
    static final String DEAD_LETTER_PAYLOAD = "dead.letter.payload";
    static final String REACHABLE_SYSTEMS_POLL = "reachable.systems.poll";
    static final String REGIMES = "regimes";
    static final String REGIMES_FILE = "regimes.file";
    static final String SUBJECT_MAX_OPEN_REQUESTS = "subject.max.open.requests";
    static final String REQUEST_MAX_IDENTIFIER_BYTES = "request.max.identifier.bytes";
    static final String EARLY_MAX_PER_SUBJECT = "early.max.per.subject";
    static final String EARLY_KEEP = "early.keep";
    static final String CLOSED_MAX_PER_SUBJECT = "closed.max.per.subject";
    static final String CLOSED_KEEP = "closed.keep";
    static final String TRAIL_MAX_ENTRIES = "trail.max.entries";
    static final String AUDIT_PROGRESS_DELAY_MS = "audit.progress.delay.ms";
    static final String DECISIONS_JWKS = "decisions.jwks";
    static final String DECISIONS_SIGNATURE = "decisions.signature";
    static final String DECISIONS_SIGNATURE_ISSUER = "decisions.signature.issuer";
    static final String DECISIONS_SIGNATURE_SKEW = "decisions.signature.skew";
    static final String GRANT_SIGNING_KEY = "grant.signing.key";
    static final String TASK_RETRY_BASE = "task.retry.base";
    static final String TASK_RETRY_MAX = "task.retry.max";
    static final String TASK_RETRY_ORDER_WAIT = "task.retry.order.wait";
    static final String SYSTEM_UNREACHABLE_RECHECK = "system.unreachable.recheck";
    static final String GRANT_GRACE = "grant.grace";

    static final String KEEP = "keep";
    static final String OMIT = "omit";

    static final String OPTIONAL = "optional";
    static final String REQUIRED = "required";

    private AppOptions() {}

    static ConfigDef definition() {
        Definition d = new Definition();
        connection(d);
        pipeline(d);
        http(d);
        processing(d);
        memory(d);
        requests(d);
        decisions(d);
        tasks(d);
        return d.definition;
    }

    private static void connection(Definition d) {
        d.group("Connection");
        d.add(
                BOOTSTRAP_SERVERS,
                LIST,
                NO_DEFAULT_VALUE,
                listNotEmpty(),
                HIGH,
                "Kafka brokers to start from, host:port, comma-separated.");
        d.add(
                SCHEMA_REGISTRY_URL,
                STRING,
                NO_DEFAULT_VALUE,
                Validators.matching(
                        "one or more URLs, comma-separated; user and password go into basic.auth.user.info, and"
                                + " basic.auth.credentials.source is then USER_INFO unless it is set",
                        "[^\\s@]+"),
                HIGH,
                "The schema registry, as Confluent's clients take it.");
    }

    private static void pipeline(Definition d) {
        d.group("Pipeline");
        d.add(
                APPLICATION_ID,
                STRING,
                "quittance",
                name(),
                HIGH,
                "Name shared by all instances of one pipeline: consumer group, transactions, internal topics and"
                        + " the ACLs on them start with it. Never change it on a running pipeline.");
        d.add(
                TOPIC_PREFIX,
                STRING,
                Topics.DEFAULT_PREFIX,
                Validators.topicPrefix(),
                HIGH,
                "What the names of all topics start with: one pipeline per controller or brand.");
        d.add(
                POLICY_NAME,
                STRING,
                "default",
                name(),
                HIGH,
                "The policy in force: key of its document on the policies topic.");
    }

    private static void http(Definition d) {
        d.group("HTTP");
        d.add(
                HTTP_HOST,
                STRING,
                "127.0.0.1",
                name(),
                MEDIUM,
                "Address that health, metrics and look-ups are served on; 0.0.0.0 for all.");
        d.add(HTTP_PORT, INT, 8080, Range.between(0, 65535), MEDIUM, "Port they are served on; 0 takes any free one.");
        d.add(
                HTTP_TOKEN_FILE,
                STRING,
                null,
                null,
                MEDIUM,
                "File whose content callers must present as bearer token for look-ups and metrics; health is open."
                        + " Needed unless http.host is a loopback address, whose callers then need none.");
        d.add(
                APPLICATION_SERVER,
                STRING,
                null,
                Validators.matching("host:port", "\\S+:\\d{1,5}"),
                LOW,
                "host:port under which the other instances reach this one's HTTP, so that a look-up finds the"
                        + " instance that has the subject.");
    }

    private static void processing(Definition d) {
        d.group("Processing");
        d.add(
                STATE_DIR,
                STRING,
                "quittance-state",
                name(),
                HIGH,
                "Directory of the local state stores. Can be lost: it is restored from the changelogs.");
        d.add(NUM_STREAM_THREADS, INT, 2, Range.between(1, 256), MEDIUM, "Threads of this instance.");
        d.add(
                NUM_STANDBY_REPLICAS,
                INT,
                1,
                Range.between(0, 8),
                MEDIUM,
                "Copies of each store on other instances, for a fast take-over.");
        d.add(
                COMMIT_INTERVAL_MS,
                LONG,
                100L,
                Range.between(1, 10_000),
                MEDIUM,
                "Milliseconds between transactions: shorter is sooner, longer is cheaper.");
        d.add(
                PUNCTUATE_INTERVAL_MS,
                LONG,
                20L,
                Range.between(10, 600_000),
                MEDIUM,
                "Milliseconds between looks at the clock for timers that are due.");
        d.add(
                INPUT_VALUE_MAX_BYTES,
                INT,
                512 * 1024,
                Range.between(1024, 8 * 1024 * 1024),
                MEDIUM,
                "Largest value taken from an input topic; larger ones are dead letters.");
        d.add(
                STORED_VALUE_MAX_BYTES,
                INT,
                900 * 1024,
                Range.between(64 * 1024, 8 * 1024 * 1024),
                LOW,
                "What is kept of one subject's open and closed requests; what would make it larger is refused.");
        d.add(
                DEAD_LETTER_PAYLOAD,
                STRING,
                KEEP,
                ValidString.in(KEEP, OMIT),
                MEDIUM,
                "Whether a dead letter carries the record's bytes, which may be personal data, or only where it"
                        + " was. Executors have an option of the same name for their own dead letters.");
    }

    private static void memory(Definition d) {
        d.group("Memory");
        d.add(
                ROCKSDB_CACHE_MB,
                LONG,
                128L,
                Range.between(8, 1024 * 1024),
                MEDIUM,
                "MiB of the one RocksDB cache that all stores of this instance share, write buffers included.");
        d.add(
                ROCKSDB_WRITE_BUFFER_MB,
                LONG,
                32L,
                Range.between(4, 1024 * 1024),
                LOW,
                "MiB of it that write buffers may take.");
        d.add(
                STORE_CACHE_BYTES,
                LONG,
                16L * 1024 * 1024,
                Range.atLeast(0),
                LOW,
                "Bytes of Kafka Streams' record cache, which spares changelog records between commits.");
        d.add(
                DOCKET_CACHE_BYTES,
                LONG,
                4L * 1024 * 1024,
                Range.between(0, 1024 * 1024 * 1024),
                LOW,
                "Bytes of open requests, as stored, that each partition keeps parsed as well; about eight times as much heap.");
    }

    private static void requests(Definition d) {
        Settings defaults = Settings.DEFAULTS;
        d.group("Requests");
        d.add(
                REGIMES,
                LIST,
                null,
                ValidList.anyNonDuplicateValues(false, true),
                MEDIUM,
                "Laws a request may be made under, of those that the regimes' file has; unset takes all of it.");
        d.add(
                REGIMES_FILE,
                STRING,
                null,
                null,
                MEDIUM,
                "YAML file of regimes that takes the place of the built-in one (GDPR, UK_GDPR, CCPA, LGPD, NONE): the"
                        + " time each law gives, its holidays, and what it lets a request be refused for. Bring the"
                        + " holidays of where you are.");
        d.add(
                SUBJECT_MAX_OPEN_REQUESTS,
                INT,
                defaults.maxOpenPerSubject(),
                Range.between(1, 1000),
                MEDIUM,
                "Open requests of one subject; more are refused.");
        d.add(
                REQUEST_MAX_IDENTIFIER_BYTES,
                LONG,
                defaults.maxIdentifierBytes(),
                Range.between(1, 512 * 1024),
                MEDIUM,
                "Size of a request's identifiers; more is refused.");
        d.add(
                EARLY_MAX_PER_SUBJECT,
                INT,
                defaults.maxEarlyPerSubject(),
                Range.between(0, 1000),
                LOW,
                "Decisions and other events kept per subject for requests that have not come yet.");
        d.addDuration(EARLY_KEEP, defaults.keepEarly(), LOW, "How long they are kept before they are dead letters.");
        d.add(
                CLOSED_MAX_PER_SUBJECT,
                INT,
                defaults.maxMarkers(),
                Range.between(1, 10_000),
                LOW,
                "Closed requests remembered per subject, so that repeats are recognised.");
        d.addDuration(CLOSED_KEEP, defaults.keepMarkers(), LOW, "How long a closed request is remembered.");
        d.add(
                TRAIL_MAX_ENTRIES,
                INT,
                defaults.maxTrail(),
                Range.between(8, 10_000),
                LOW,
                "Entries in the trail of one request's audit record. Once it is full, its beginning stays and its last "
                        + "quarter moves on.");
        d.add(
                AUDIT_PROGRESS_DELAY_MS,
                LONG,
                1000L,
                Range.between(0, 60_000),
                LOW,
                "Milliseconds for which what happens to an open request may go untold in the audit, and for which"
                        + " approvers are not notified, so that what follows at once is told together with it;"
                        + " up to ten times as long where records queue. The end of a request is told at once. 0 tells"
                        + " each step.");
    }

    private static void decisions(Definition d) {
        d.group("Decisions");
        d.add(
                DECISIONS_JWKS,
                STRING,
                null,
                Validators.keySetPlace(),
                HIGH,
                "Keys that decisions may be signed with: a JSON Web Key Set, as a file that is read again when it"
                        + " changes, or an https URL. Unset, a decision that is signed is refused.");
        d.add(
                DECISIONS_SIGNATURE,
                STRING,
                OPTIONAL,
                ValidString.in(OPTIONAL, REQUIRED),
                HIGH,
                "Whether every decision must be signed, or only where its rule says so. A signature that is there is"
                        + " always checked.");
        d.add(
                DECISIONS_SIGNATURE_ISSUER,
                STRING,
                null,
                name(),
                MEDIUM,
                "What every signature's iss must be. Needed for keys that do not name the approvers they speak for.");
        d.addDuration(
                DECISIONS_SIGNATURE_SKEW,
                Duration.ofMinutes(1),
                LOW,
                "By how much the clocks of those who sign may differ from this one's.");
    }

    private static void tasks(Definition d) {
        Settings defaults = Settings.DEFAULTS;
        d.group("Tasks");
        d.add(
                GRANT_SIGNING_KEY,
                STRING,
                null,
                Validators.matching("the path of a file", "\\S(.*\\S)?"),
                HIGH,
                "File with the private key, a JSON Web Key on P-256 as quittance keys new makes it, that every grant is"
                        + " signed with, so that executors whose grant.jwks has its public part refuse what this"
                        + " pipeline did not issue. Only its owner may be able to read it. Unset, grants are not signed,"
                        + " and whoever can write to a task topic can have data erased.");
        d.addDuration(
                TASK_RETRY_BASE,
                defaults.retryBase(),
                LOW,
                "Delay before a task's second attempt; doubles with each further one.");
        d.addDuration(TASK_RETRY_MAX, defaults.retryMax(), LOW, "Longest delay between attempts.");
        d.addDuration(
                TASK_RETRY_ORDER_WAIT,
                defaults.retryOrderWait(),
                MEDIUM,
                "How long a task whose attempts have all failed waits for an operator to order more; at most until its"
                        + " grant shuts. Until then its request stays open, and later ones that conflict wait.");
        d.addDuration(
                SYSTEM_UNREACHABLE_RECHECK,
                defaults.unreachableRecheck(),
                LOW,
                "How often a waiting task looks again whether its system can be reached.");
        d.addDuration(
                REACHABLE_SYSTEMS_POLL,
                Duration.ofSeconds(10),
                LOW,
                "How often the brokers are asked which systems have a task topic.");
        d.addDuration(
                GRANT_GRACE,
                defaults.grantGrace(),
                LOW,
                "How long after a grant has shut an executor's answer may still be on its way.");
    }

    private static Validator name() {
        return Validators.matching("not empty", "\\S(.*\\S)?");
    }

    private static Validator listNotEmpty() {
        return ValidList.anyNonDuplicateValues(false, false);
    }

    /** Numbers keys in their group, in the order they are declared. */
    private static final class Definition {
        private final ConfigDef definition = new ConfigDef();
        private String group = "";
        private int order;

        void group(String name) {
            group = name;
            order = 0;
        }

        void add(
                String key,
                Type type,
                @Nullable Object defaultValue,
                @Nullable Validator validator,
                Importance importance,
                String documentation) {
            order++;
            definition.define(
                    key,
                    type,
                    defaultValue,
                    validator,
                    importance,
                    documentation,
                    group,
                    order,
                    Width.MEDIUM,
                    key,
                    List.of());
        }

        void addDuration(String key, Duration defaultValue, Importance importance, String documentation) {
            add(key, STRING, defaultValue.toString(), Validators.duration(), importance, documentation);
        }
    }
}
