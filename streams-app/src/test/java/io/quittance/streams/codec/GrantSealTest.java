package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.Field;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.TaskState;
import io.quittance.streams.fixture.Documents;
import io.quittance.streams.signature.GrantSigner;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantSealTest {
    private static final Topics TOPICS = Topics.withPrefix("brand.");
    private static final Map<String, String> SERDES = Map.of("schema.registry.url", "mock://grant-seal");
    /** Finer than Kafka carries time. */
    private static final Instant NOW = Instant.parse("2026-11-20T12:10:00.123456789Z");
    /** Of an executor; its own test holds it equal to the code. */
    private static final Path OPTIONS = Path.of("..", "connectors", "jdbc", "OPTIONS.md");

    private static final Pattern LARGEST_TASK = Pattern.compile("`executor\\.task\\.max\\.bytes` \\| int \\| `(\\d+)`");

    @TempDir
    Path directory;

    @Test
    void whatIsSignedIsWhatArrives() {
        Task arrived = written(claims -> "signature over " + claims.get());

        assertThat(arrived.getSignature())
                .isEqualTo("signature over " + TaskClaims.of(TOPICS, arrived).canonical());
    }

    @Test
    void withoutAKeyTasksAreNotSigned() {
        assertThat(written(GrantSeal.NONE).getSignature()).isNull();
    }

    /** Else the pipeline would take a data map of which every task is refused with TASK_TOO_LARGE. */
    @Test
    void theLongestTaskIsOneThatExecutorsTake() throws IOException {
        List<Dataset> datasets = longestEntry();
        List<Dataset> covered = datasets.subList(0, datasets.size() / 2);
        List<Dataset> spared = datasets.subList(datasets.size() / 2, datasets.size());
        Case open = SampleDocket.open(new Identifiers(Map.of("email", "x".repeat(64 * 1024)), null));

        int length = value(issue(open, covered, spared), signing()).length;

        assertThat(length).isGreaterThan(ReferenceReader.MAX_ENTRY_BYTES).isLessThan(executorsTake());
    }

    private GrantSeal signing() throws IOException {
        Path file = directory.resolve("grants.jwk");
        SigningKey.generate().store(file);
        GrantSigner signer = GrantSigner.in(file, "quittance");
        return claims -> signer.sign(claims.get());
    }

    /** Many folders of one bucket with many properties each, as they are read from the topic. */
    private static List<Dataset> longestEntry() {
        List<Field> properties = IntStream.range(0, 250)
                .mapToObj(number -> new Field("property-" + number, "contact", Transformation.REDACT))
                .toList();
        io.quittance.schema.SystemEntry entry = Documents.system("shop", 1);
        io.quittance.schema.Dataset folder = entry.getDatasets().get(0);
        entry.setDatasets(IntStream.range(0, 96)
                .mapToObj(number -> io.quittance.schema.Dataset.newBuilder(folder)
                        .setName("folder-" + number)
                        .setFields(properties)
                        .build())
                .toList());
        try (var serde = ContractSerdes.of(io.quittance.schema.SystemEntry.class, SERDES);
                var reader = new ReferenceReader(SERDES)) {
            byte[] published = serde.serializer().serialize(TOPICS.systems(), entry);
            assertThat(published.length).isGreaterThan(ReferenceReader.MAX_ENTRY_BYTES / 100 * 98);
            return reader.system(TOPICS.systems(), "shop", published).datasets();
        }
    }

    private static int executorsTake() throws IOException {
        Matcher row = LARGEST_TASK.matcher(Files.readString(OPTIONS));
        assertThat(row.find()).isTrue();
        return Integer.parseInt(row.group(1));
    }

    private static Task written(GrantSeal seal) {
        try (var serde = ContractSerdes.of(Task.class, SERDES)) {
            byte[] value = value(issue(SampleDocket.open(), List.of(), List.of()), seal);
            return Objects.requireNonNull(serde.deserializer().deserialize(TOPICS.tasks("shop"), value));
        }
    }

    private static Effect.IssueTask issue(Case open, List<Dataset> covered, List<Dataset> spared) {
        TaskState issued = TaskState.waiting("shop", 0).issued(NOW, NOW.plusSeconds(60));
        return new Effect.IssueTask(
                open, issued, open.authority().grant().orElseThrow(), covered, spared, List.of(), NOW);
    }

    private static byte[] value(Effect effect, GrantSeal seal) {
        try (var writer = new EffectWriter(TOPICS, SERDES, new EffectWriter.Limits(100_000, true), seal)) {
            return Objects.requireNonNull(writer.write(effect, null, NOW).value());
        }
    }
}
