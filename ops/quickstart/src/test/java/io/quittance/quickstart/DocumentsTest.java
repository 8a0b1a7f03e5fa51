package io.quittance.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Dataset;
import io.quittance.schema.ForeignKey;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.document.CelChecker;
import io.quittance.streams.cli.document.PolicyReader;
import io.quittance.streams.cli.document.SystemDraft;
import io.quittance.streams.cli.document.SystemReader;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Judgement;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.policy.CelPolicies;
import io.quittance.streams.policy.Compilation;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy and the data map that the quick start publishes, before anything is started. */
class DocumentsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Pattern TABLE = Pattern.compile("create table (shop\\.\\w+) \\((.*?)\\n\\);", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("references (shop\\.\\w+)");

    @ParameterizedTest
    @CsvSource({
        // action, requester, role, country, device, channel, purpose, outcome, rule
        "EXPORT,    SUBJECT, ,              DE, ,        DASHBOARD,     self-service,    approve,  own-copy",
        "ACCESS,    SUBJECT, ,              ,   ,        DASHBOARD,     self-service,    approve,  own-copy",
        "DELETE,    SUBJECT, ,              DE, ,        DASHBOARD,     account-closure, ask,      own-erasure",
        "DELETE,    SUBJECT, ,              ,   ,        DASHBOARD,     account-closure, ask,      own-erasure",
        "DELETE,    SUBJECT, ,              KP, ,        DASHBOARD,     account-closure, deny,     no-erasure-from-abroad",
        "ACCESS,    STAFF,   support,       DE, managed, INTERNAL_CALL, ticket-4711,     ask,      support-access",
        "ACCESS,    STAFF,   support,       DE, managed, INTERNAL_CALL, curiosity,       no-match, ",
        "ACCESS,    STAFF,   support,       DE, ,        INTERNAL_CALL, ticket-4711,     deny,     no-unmanaged-devices",
        "EXPORT,    STAFF,   analyst,       DE, managed, INTERNAL_CALL, curiosity,       no-match, ",
        "DELETE,    STAFF,   support,       DE, managed, INTERNAL_CALL, ticket-4711,     no-match, ",
        "EXPORT,    AGENT,   ,              DE, ,        DASHBOARD,     self-service,    no-match, ",
        "ANONYMIZE, SYSTEM,  retention-job, ,   ,        SCHEDULED_JOB, retention,       ask,      retention",
        "ANONYMIZE, SYSTEM,  ,              ,   ,        SCHEDULED_JOB, retention,       no-match, ",
        "DELETE,    SYSTEM,  retention-job, ,   ,        SCHEDULED_JOB, retention,       no-match, "
    })
    void policyDecidesAsItsCommentsSay(
            Action action,
            RequesterType type,
            @Nullable String role,
            @Nullable String country,
            @Nullable String device,
            Channel channel,
            String purpose,
            String outcome,
            @Nullable String rule)
            throws IOException {
        String id = type == RequesterType.SUBJECT ? "subject-1" : "other-1";
        Requester requester = new Requester(type, id, role == null ? List.of() : List.of(role), null, country, device);

        Judgement judgement = policies().judge(facts(action, requester, channel, purpose));

        assertThat(judgement.outcome()).isEqualTo(outcome);
        assertThat(judgement.rule() == null ? null : judgement.rule().id()).isEqualTo(rule);
    }

    @Test
    void nobodyGetsACopyOfSomebodyElse() throws IOException {
        Requester stranger = new Requester(RequesterType.SUBJECT, "subject-2", List.of(), null, "DE", null);

        assertThat(policies()
                        .judge(facts(Action.EXPORT, stranger, Channel.DASHBOARD, "self-service"))
                        .denies())
                .isTrue();
    }

    @Test
    void dataMapNamesColumnsThatTheShopHas() throws IOException {
        Map<String, String> tables = tables();

        for (SystemEntry entry : systems()) {
            if (!entry.getSystem().equals("archive")) {
                entry.getDatasets().forEach(dataset -> checkColumns(tables, dataset));
            }
        }
    }

    private static void checkColumns(Map<String, String> tables, Dataset dataset) {
        String columns = table(tables, dataset.getLocation());
        dataset.getFields().forEach(field -> assertThat(columns).containsPattern(column(field.getName())));
        String last = columns;
        for (ForeignKey step : dataset.getLocator().getPath()) {
            assertThat(last).containsPattern(column(step.getColumn()) + ".* references " + step.getReferencesTable());
            last = table(tables, step.getReferencesTable());
        }
        assertThat(last).containsPattern(column(dataset.getLocator().getColumn()));
    }

    private static String column(String name) {
        return "(?m)^  " + name + " ";
    }

    /** Otherwise an erasure would fail on a foreign key of another system's table. */
    @Test
    void systemsWhoseTablesReferToOthersAreErasedFirst() throws IOException {
        Map<String, SystemEntry> systemOf = new HashMap<>();
        systems().forEach(entry -> entry.getDatasets().forEach(dataset -> systemOf.put(dataset.getLocation(), entry)));
        Set<String> checked = new HashSet<>();

        tables().forEach((table, columns) -> {
            Matcher reference = REFERENCE.matcher(columns);
            while (reference.find()) {
                SystemEntry child = systemOf.get(table);
                SystemEntry parent = systemOf.get(reference.group(1));
                if (child != null && parent != null && child != parent) {
                    assertThat(parent.getAfter()).contains(child.getSystem());
                    checked.add(child.getSystem());
                }
            }
        });

        assertThat(checked).containsExactlyInAnyOrder("support", "marketing");
    }

    private static Policies policies() throws IOException {
        PolicyDocument document = new PolicyReader(new CelChecker()).read(document("policy.yaml"));
        document.setVersion(1);
        Compilation compilation = CelPolicies.compile(ReferenceReader.policy("default", document));
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).policies();
    }

    private static List<SystemEntry> systems() throws IOException {
        return SystemReader.read(List.of(document("systems.yaml")), List.of()).stream()
                .map(SystemDraft::entry)
                .toList();
    }

    private static SourceFile document(String name) throws IOException {
        return new SourceFile(name, resource("/quickstart/" + name));
    }

    private static Map<String, String> tables() throws IOException {
        return TABLE.matcher(resource("/io/quittance/quickstart/shop/schema.sql"))
                .results()
                .collect(Collectors.toMap(table -> table.group(1), table -> table.group(2)));
    }

    private static String table(Map<String, String> tables, String location) {
        return Objects.requireNonNull(tables.get(location), location);
    }

    private static String resource(String path) throws IOException {
        try (InputStream content = Objects.requireNonNull(DocumentsTest.class.getResourceAsStream(path), path)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Facts facts(Action action, Requester requester, Channel channel, String purpose) {
        Submission request = new Submission(
                "request-1",
                "subject-1",
                action,
                "GDPR",
                requester,
                purpose,
                channel,
                Scope.EVERYTHING,
                new Identifiers(Map.of(), null),
                NOW);
        return new Facts(request, List.of(), 0, NOW);
    }
}
