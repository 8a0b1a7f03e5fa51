package io.quittance.executor.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.quittance.contract.ContractSerdes;
import io.quittance.executor.Given;
import io.quittance.schema.DeadLetter;
import io.quittance.schema.Task;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskReaderTest {
    private static final byte[] KEY = "subject-1".getBytes(UTF_8);
    private static final byte[] NO_TASK = "no task ".repeat(64 * 1024 / 8 + 1).getBytes(UTF_8);
    private static final DeliveredRecord DELIVERED =
            new DeliveredRecord("privacy.tasks.shop", 2, 7, Given.NOW.toEpochMilli(), KEY, NO_TASK);

    @Test
    void whatIsNoTaskIsKeptAsFarAsARecordHoldsIt() throws InterruptedException {
        TaskReader reader = reader(true);

        assertThat(reader.read(DELIVERED)).isEmpty();
        DeadLetter letter = reader.deadLetter(DELIVERED);

        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(Arrays.copyOf(NO_TASK, 64 * 1024)));
        assertTellsWhereItWas(letter);
    }

    @Test
    void whereBytesAreToBeOmittedOnlyItsPlaceLengthAndHashAreKept() {
        DeadLetter letter = reader(false).deadLetter(DELIVERED);

        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
        assertTellsWhereItWas(letter);
    }

    private static void assertTellsWhereItWas(DeadLetter letter) {
        assertThat(letter.getCode()).isEqualTo("UNDECODABLE");
        assertThat(letter.getTopic()).isEqualTo("privacy.tasks.shop");
        assertThat(letter.getPartition()).isEqualTo(2);
        assertThat(letter.getOffset()).isEqualTo(7);
        assertThat(letter.getValueBytes()).isEqualTo(NO_TASK.length);
        assertThat(letter.getValueSha256())
                .isEqualTo(Hashing.sha256().hashBytes(NO_TASK).toString());
        assertThat(letter.getComponent()).isEqualTo("test 1");
        assertThat(letter.getAt()).isEqualTo(Given.NOW);
    }

    private static TaskReader reader(boolean deadLetterPayload) {
        var serdes = Map.of("schema.registry.url", "mock://task-reader");
        return new TaskReader(
                ContractSerdes.of(Task.class, serdes).deserializer(),
                "test 1",
                deadLetterPayload,
                Clock.fixed(Given.NOW, ZoneOffset.UTC));
    }
}
