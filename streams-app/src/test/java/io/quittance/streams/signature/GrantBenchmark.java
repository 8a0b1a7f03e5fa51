package io.quittance.streams.signature;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Locator;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a signature costs the pipeline and an executor, beside writing the task. Run by hand, see CONTRIBUTING.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class GrantBenchmark {
    private static final Topics TOPICS = Topics.withPrefix(Topics.DEFAULT_PREFIX);

    private final Task task = task();
    private final Serializer<Task> serializer = ContractSerdes.of(
                    Task.class, Map.of("schema.registry.url", "mock://grant-benchmark"))
            .serializer();
    private GrantSigner signer;
    private JWSVerifier verifier;
    private String signature;

    @Setup
    public void keys() throws Exception {
        Path file = Files.createTempDirectory("grant-benchmark").resolve("key.jwk");
        SigningKey key = SigningKey.generate();
        key.store(file);
        signer = GrantSigner.in(file, "quittance");
        verifier = new ECDSAVerifier(JWK.parse(key.publicEntry(List.of())).toECKey());
        signature = sign();
    }

    @Benchmark
    public byte[] write() {
        return serializer.serialize("privacy.tasks.shop", task);
    }

    @Benchmark
    public String sign() {
        return signer.sign(TaskClaims.of(TOPICS, task).canonical());
    }

    @Benchmark
    public boolean verify() throws Exception {
        JWSObject signed = JWSObject.parse(signature);
        return signed.verify(verifier)
                && TaskClaims.of(TOPICS, task).areIn(signed.getPayload().toString());
    }

    @Test
    void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(GrantBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    /** Five tables of six columns. */
    private static Task task() {
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        return Task.newBuilder()
                .setTaskId("6f1c2f6e-58a7-4d6b-9d0b-2f8f0b6f3a11/shop")
                .setRequestId("6f1c2f6e-58a7-4d6b-9d0b-2f8f0b6f3a11")
                .setSubjectId("subject-1")
                .setSystem("shop")
                .setAttempt(1)
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setGrant(Grant.newBuilder()
                        .setGrantId("6f1c2f6e-58a7-4d6b-9d0b-2f8f0b6f3a11#1")
                        .setRequestId("6f1c2f6e-58a7-4d6b-9d0b-2f8f0b6f3a11")
                        .setSubjectId("subject-1")
                        .setAction(Action.DELETE)
                        .setSystems(List.of("crm", "index", "shop"))
                        .setNotBefore(now)
                        .setNotAfter(now.plusSeconds(1800))
                        .setPlanSha256("0".repeat(64))
                        .setApprovedBy(List.of("approver-1", "approver-2"))
                        .build())
                .setIdentifiers(new Identifiers(Map.of("email", "anna@example.org", "customer_id", "4711"), null))
                .setDatasets(IntStream.range(0, 5)
                        .mapToObj(table -> Dataset.newBuilder()
                                .setName("table-" + table)
                                .setLocation("shop.table_" + table)
                                .setLocator(new Locator("customer_id", "customer_id", List.of()))
                                .setFields(IntStream.range(0, 6)
                                        .mapToObj(column ->
                                                new Field("column_" + column, "contact", Transformation.REDACT))
                                        .toList())
                                .build())
                        .toList())
                .setIssuedAt(now)
                .setDeadline(now.plusSeconds(900))
                .setPolicy("default")
                .build();
    }
}
