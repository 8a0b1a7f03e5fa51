package io.quittance.streams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.RequestState;
import io.quittance.schema.TaskDone;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The line of {@code ops/OPERATIONS.md} that finds who is back when a system was restored from its own backup. */
class RestoreProcedureTest {
    private static final Path OPERATIONS = Path.of("..", "ops", "OPERATIONS.md");
    private static final Pattern LINE = Pattern.compile("jq -r '(select\\(any\\(.*)'\\n");
    private static final Pattern FIELD = Pattern.compile("\\.([a-z_]+)");
    private static final Instant BACKUP = Samples.NOW;
    private static final Instant SINCE = BACKUP.plus(Duration.ofHours(1));
    private static final Instant BEFORE = BACKUP.minus(Duration.ofHours(1));

    private final CliFixture cli = new CliFixture();

    /** The record of one that executes may be older than the end of a task, so it is listed to be on the safe side. */
    @Test
    void whatTheSystemErasedSinceIsListedWhateverBecameOfTheRequest() throws IOException, InterruptedException {
        put("closed", RequestState.FULFILLED, task("shop", "DONE", SINCE, 2));
        put("reviewed", RequestState.AWAITING_REVIEW, task("shop", "DONE", SINCE, 2));
        put("half", RequestState.EXECUTING, task("shop", "DONE", SINCE, 2), task("crm", "RETRYING", null, null));
        put("perhaps", RequestState.EXECUTING, task("shop", "ISSUED", null, null), task("crm", "ISSUED", null, null));
        put("left-out-outcomes", RequestState.FULFILLED, task("shop", "DONE", SINCE, null));
        put("contradicted", RequestState.PARTIALLY_FULFILLED, task("shop", "FAILED", SINCE, 2));

        put("in-the-backup", RequestState.FULFILLED, task("shop", "DONE", BEFORE, 2), task("crm", "DONE", SINCE, 2));
        put("elsewhere", RequestState.FULFILLED, task("crm", "DONE", SINCE, 2));
        put("untouched", RequestState.FAILED, task("shop", "FAILED", SINCE, null));
        put("out-elsewhere", RequestState.EXECUTING, task("crm", "ISSUED", null, null));
        put("asked", RequestState.AWAITING_APPROVAL);

        assertThat(cli.run("audit", "list", "--action", "DELETE", "--limit", "1000000", "--json"))
                .isZero();

        assertThat(selected(cli.out))
                .containsExactlyInAnyOrder(
                        "closed\tsubject-1\tFULFILLED",
                        "reviewed\tsubject-1\tAWAITING_REVIEW",
                        "half\tsubject-1\tEXECUTING",
                        "perhaps\tsubject-1\tEXECUTING",
                        "left-out-outcomes\tsubject-1\tFULFILLED",
                        "contradicted\tsubject-1\tPARTIALLY_FULFILLED");
    }

    @Test
    void theLineNamesFieldsThatThereAre() throws IOException {
        List<String> fields = Stream.of(
                        AuditRecord.getClassSchema(), TaskDone.getClassSchema(), DatasetOutcome.getClassSchema())
                .flatMap(schema -> schema.getFields().stream())
                .map(Schema.Field::name)
                .toList();

        assertThat(FIELD.matcher(line()).results().map(found -> found.group(1)).toList())
                .isNotEmpty()
                .isSubsetOf(fields);
    }

    private static List<String> selected(String records) throws IOException, InterruptedException {
        String program = line().replace("SYSTEM", "shop").replace("TIME", BACKUP.toString());
        File input = Files.writeString(Files.createTempFile("audit", ".jsonl"), records)
                .toFile();
        try {
            Process jq = jq("-r", program).redirectInput(input).start();
            String answer = new String(jq.getInputStream().readAllBytes(), UTF_8);
            assertThat(jq.waitFor()).as(answer).isZero();
            return answer.lines().toList();
        } finally {
            Files.delete(input.toPath());
        }
    }

    private static ProcessBuilder jq(String... arguments) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq")));
        assumeTrue(there, "RestoreProcedureTest: there is no jq here");
        return new ProcessBuilder(
                        Stream.concat(Stream.of("jq"), Stream.of(arguments)).toList())
                .redirectErrorStream(true);
    }

    private static String line() throws IOException {
        List<MatchResult> found =
                LINE.matcher(Files.readString(OPERATIONS)).results().toList();
        assertThat(found).hasSize(1);
        return found.get(0).group(1);
    }

    private void put(String request, RequestState state, TaskDone... tasks) {
        boolean closed = state == RequestState.FULFILLED
                || state == RequestState.PARTIALLY_FULFILLED
                || state == RequestState.FAILED;
        cli.pipeline.put(
                "privacy.audit",
                request,
                Samples.audit(request, state, closed, 1)
                        .setClosedAt(closed ? SINCE.plusSeconds(60) : null)
                        .setTasks(List.of(tasks))
                        .build());
    }

    /** @param affected null where it reports on no dataset */
    private static TaskDone task(
            String system, String status, @Nullable Instant finishedAt, @Nullable Integer affected) {
        return TaskDone.newBuilder()
                .setSystem(system)
                .setStage(0)
                .setAttempts(1)
                .setStatus(status)
                .setDatasets(affected == null ? List.of() : List.of(outcome(affected)))
                .setFinishedAt(finishedAt)
                .build();
    }

    private static DatasetOutcome outcome(int affected) {
        return DatasetOutcome.newBuilder()
                .setDataset("orders")
                .setDisposition(Disposition.ERASED)
                .setMatched(affected)
                .setAffected(affected)
                .build();
    }
}
