package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.TaskClaims;
import io.quittance.contract.Topics;
import io.quittance.schema.Task;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.model.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GrantSealTest {
    private static final Topics TOPICS = Topics.withPrefix("brand.");
    private static final Map<String, String> SERDES = Map.of("schema.registry.url", "mock://grant-seal");
    /** Finer than Kafka carries time. */
    private static final Instant NOW = Instant.parse("2026-11-20T12:10:00.123456789Z");

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

    private static Task written(GrantSeal seal) {
        Case open = SampleDocket.open();
        TaskState issued = TaskState.waiting("shop", 0).issued(NOW, NOW.plusSeconds(60));
        var effect = new Effect.IssueTask(
                open, issued, open.authority().grant().orElseThrow(), List.of(), List.of(), List.of(), NOW);
        try (var writer = new EffectWriter(TOPICS, SERDES, new EffectWriter.Limits(100_000, true), seal);
                var serde = ContractSerdes.of(Task.class, SERDES)) {
            Outgoing record = writer.write(effect, null, NOW);
            return Objects.requireNonNull(serde.deserializer().deserialize(record.topic(), record.value()));
        }
    }
}
