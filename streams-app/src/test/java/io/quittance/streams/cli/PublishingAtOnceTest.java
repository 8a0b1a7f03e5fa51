package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.PolicyDocument;
import io.quittance.schema.SystemEntry;
import io.quittance.streams.cli.InMemoryPipeline.Stored;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.processor.Publications;
import io.quittance.streams.state.ReferenceData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people publish a document of one name at the same moment. */
class PublishingAtOnceTest {

    private static final String LIMITS = "privacy.limits";
    private static final String POLICIES = "privacy.policies";
    private static final String SYSTEMS = "privacy.systems";
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://at-once");

    private final Clock clock = Clock.fixed(CliFixture.NOW, ZoneOffset.UTC);
    private final InMemoryPipeline pipeline = new InMemoryPipeline();
    private final CliFixture theirs = new CliFixture(pipeline, clock);

    @Test
    void ofTwoLimitsTheSecondFollowsUnderTheNextVersion() {
        limit(theirs, 1);

        CliFixture ours = after(LIMITS, "x", () -> limit(theirs, 2));
        limit(ours, 3);

        assertThat(theirs.out).isEqualTo("x version 2 updated\n");
        assertThat(ours.out).isEqualTo("x version 3 updated\n");
        assertThat(ours.err).contains("Somebody else published 'x' at the same moment");
        assertThat(inForce(pipeline.records)).isEqualTo(inForce(compacted()));
        assertThat(inForce(compacted()).concurrent()).isEqualTo(3);
        limit(ours, 3);
        assertThat(ours.out).isEqualTo("x version 3 unchanged\n");
    }

    @Test
    void ofTwoFirstVersionsTheSecondBecomesTheNext() {
        CliFixture ours = after(LIMITS, "x", () -> limit(theirs, 2));

        limit(ours, 3);

        assertThat(theirs.out).isEqualTo("x version 1 created\n");
        assertThat(ours.out).isEqualTo("x version 2 updated\n");
    }

    @Test
    void whatIsRemovedInBetweenDoesNotFreeItsVersion() {
        limit(theirs, 1);

        CliFixture ours = after(LIMITS, "x", () -> {
            limit(theirs, 2);
            theirs.run("limits", "remove", "x", "--yes");
        });
        limit(ours, 3);

        assertThat(ours.out).isEqualTo("x version 3 updated\n");
    }

    @Test
    void whoWasCutOffBeforeFollowingUpIsNotToldThatNothingChanges() {
        limit(theirs, 1);
        LimitDocument refused = LimitDocument.newBuilder(
                        pipeline.values(LIMITS, LimitDocument.class).get(0))
                .setConcurrent(5)
                .build();
        pipeline.put(LIMITS, "x", refused);

        limit(theirs, 5);

        assertThat(theirs.out).isEqualTo("x version 2 updated\n");
        assertThat(inForce(pipeline.records).concurrent()).isEqualTo(5);
    }

    /** Whoever came second was cut off before it could follow up: its record is the last, and no instance took it. */
    @Test
    void theLimitThatIsShownIsTheOneThatInstancesUse() {
        limit(theirs, 1);
        limit(theirs, 2);
        pipeline.put(
                LIMITS,
                "x",
                LimitDocument.newBuilder(last(LIMITS, LimitDocument.class))
                        .setConcurrent(5)
                        .build());

        assertThat(inForce(pipeline.records).concurrent()).isEqualTo(2);
        assertThat(shown("limits", "show", "x")).contains("concurrent: 2");
        assertThat(theirs.err).contains("What was published last as 'x' is not in force", "Version 2 is");
        assertThat(shown("limits", "show", "--json"))
                .contains("\"concurrent\":2")
                .doesNotContain("\"concurrent\":5");
        assertThat(theirs.err).contains("What was published last as 'x' is not in force");
        assertThat(shown("limits", "status")).containsPattern("x +2 ").doesNotContainPattern("x +5 ");

        limit(theirs, 2);
        shown("limits", "show", "x");
        assertThat(theirs.err).doesNotContain("not in force");
    }

    @Test
    void thePolicyThatIsShownIsTheOneThatInstancesUse() {
        policy(theirs, "30m");
        PolicyDocument first = last(POLICIES, PolicyDocument.class);
        policy(theirs, "20m");
        pipeline.put(
                POLICIES,
                "default",
                PolicyDocument.newBuilder(first).setVersion(2).build());

        assertThat(shown("policy", "show", "default")).contains("window: 20m");
        assertThat(theirs.err).contains("What was published last as 'default' is not in force", "Version 2 is");
        assertThat(shown("policy", "show", "--json")).contains("\"window_ms\":1200000");
        assertThat(theirs.err).containsOnlyOnce("not in force");
        assertThat(shown("policy", "history", "default")).contains("yes");
        assertThat(history(2)).as("the history says the same").contains("window: 20m");
    }

    @Test
    void theSystemThatIsShownIsTheOneThatInstancesUse() throws IOException {
        run(theirs, Files.readString(Path.of("src/test/resources/documents/systems.yaml")), "systems");
        SystemEntry shop = pipeline.values(SYSTEMS, SystemEntry.class).get(0);
        pipeline.put(
                SYSTEMS, "shop", SystemEntry.newBuilder(shop).setMaxAttempts(99).build());

        assertThat(shown("systems", "show", "shop", "--json")).doesNotContain("\"max_attempts\":99");
        assertThat(theirs.err).contains("What was published last as 'shop' is not in force", "Version 1 is");
        assertThat(shown("systems", "show", "--json"))
                .contains("\"system\":\"shop\"")
                .doesNotContain("\"max_attempts\":99");
    }

    @Test
    void theHighestNumberThereIsHasNoNext() {
        limit(theirs, 1);
        pipeline.put(
                LIMITS,
                "x",
                LimitDocument.newBuilder(
                                pipeline.values(LIMITS, LimitDocument.class).get(0))
                        .setVersion(Integer.MAX_VALUE)
                        .build());

        theirs.input = "name: x\nconcurrent: 9\n";
        assertThat(theirs.run("limits", "apply", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(theirs.err).contains("'x' cannot have another version");
    }

    @Test
    void ofTwoEntriesOfTheDataMapTheSecondFollows() throws IOException {
        String systems = Files.readString(Path.of("src/test/resources/documents/systems.yaml"));
        run(theirs, systems, "systems");

        CliFixture ours = after(SYSTEMS, "shop", () -> run(theirs, systems.replace("DELETE, ", ""), "systems"));
        run(ours, systems.replace("EXPORT, ", ""), "systems");

        assertThat(theirs.out).contains("shop version 2 updated");
        assertThat(ours.out).contains("shop version 3 updated");
    }

    /** Whether theirs comes before our version is in the history, or between that and its coming into force. */
    @ParameterizedTest
    @CsvSource({"default@2, 2, 3", "default, 3, 4"})
    void eachNumberInTheHistoryIsWhatInstancesUsedUnderIt(String before, int their, int our) throws IOException {
        policy(theirs, "30m");

        CliFixture ours = after(POLICIES, before, () -> policy(theirs, "20m"));
        policy(ours, "10m");

        assertThat(theirs.out).isEqualTo("default version " + their + " updated\n");
        assertThat(ours.out).isEqualTo("default version " + our + " updated\n");
        assertThat(history(their)).contains("window: 20m");
        assertThat(history(our)).contains("window: 10m");
        pipeline.records.retainAll(compacted());
        assertThat(history(their)).as("by the history alone").contains("window: 20m");
        assertThat(pipeline.values(POLICIES, PolicyDocument.class).stream()
                        .filter(policy -> policy.getVersion() == our))
                .as("in force and in the history")
                .hasSize(2);
    }

    private <T extends SpecificRecord> T last(String topic, Class<T> type) {
        List<T> all = pipeline.values(topic, type);
        return all.get(all.size() - 1);
    }

    private String shown(String... command) {
        assertThat(theirs.run(command)).as(theirs.err).isZero();
        return theirs.out;
    }

    private String history(int version) {
        theirs.run("policy", "show", "default", "--version", String.valueOf(version));
        return theirs.out;
    }

    private CliFixture after(String topic, String key, Runnable work) {
        return new CliFixture(new SlippedIn(pipeline, topic, key, work), clock);
    }

    private static void limit(CliFixture cli, int concurrent) {
        run(cli, "name: x\nconcurrent: " + concurrent + "\n", "limits");
    }

    private static void policy(CliFixture cli, String window) {
        try {
            run(
                    cli,
                    Files.readString(Path.of("src/test/resources/documents/policy.yaml"))
                            .replace("30m", window),
                    "policy");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void run(CliFixture cli, String document, String kind) {
        cli.input = document;
        assertThat(cli.run(kind, "apply", "-")).as(cli.err).isZero();
    }

    /** The limit that an instance uses after those records, by its own code. */
    private static Limit inForce(List<Stored> records) {
        var world = new ReferenceData("default", (predicate, facts) -> false);
        var limits = Publications.limits(new ReferenceReader(REGISTRY), world);
        try (var serde = ContractSerdes.of(LimitDocument.class, REGISTRY)) {
            for (Stored record : records) {
                try {
                    limits.publish(
                            LIMITS, record.key(), serde.serializer().serialize(LIMITS, (LimitDocument) record.value()));
                } catch (InvalidRecordException refused) {
                    // It goes to the dead letters.
                }
            }
        } finally {
            limits.close();
        }
        return world.limit("x");
    }

    private List<Stored> compacted() {
        return pipeline.records.stream()
                .filter(record -> pipeline.records.stream()
                        .filter(other -> other.key().equals(record.key()))
                        .reduce((earlier, later) -> later)
                        .orElseThrow()
                        .equals(record))
                .toList();
    }
}
